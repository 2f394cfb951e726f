import { mailboxTints, type StatusKind } from '@madoguchi/contract';
import { IconArrowDown, IconArrowUp, IconEye, IconEyeOff, IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';
import styles from './statuses.module.css';

export interface Line {
  /** Of a line that is not saved yet: a number of this page. */
  id: string;
  name: string;
  tint: string | null;
  off: boolean;
}

interface Props {
  /** Null for reasons, which have neither shape nor colour. */
  kind: StatusKind | null;
  label: string;
  lines: readonly Line[];
  /** What an empty name stands for. */
  unnamed: string;
  add: string;
  onChange: (lines: readonly Line[]) => void;
}

const ICON = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;
const FRESH = 'new-';
const MOST = 40;
const isFresh = ({ id }: Line) => id.startsWith(FRESH);

/** Names in an order of one's own: moved by buttons, coloured, switched off and on again. */
export function OrderedLines({ kind, label, lines, unnamed, add, onChange }: Props) {
  const { t } = useTranslation();
  const change = (at: number, patch: Partial<Line>) =>
    onChange(lines.map((line, n) => (n === at ? { ...line, ...patch } : line)));
  const move = (at: number, by: 1 | -1) => {
    const [line, other] = [lines[at], lines[at + by]];
    if (line === undefined || other === undefined) return;
    onChange(lines.map((each, n) => (n === at ? other : n === at + by ? line : each)));
  };
  const onAdd = () =>
    onChange([...lines, { id: `${FRESH}${Date.now()}-${lines.length}`, name: '', tint: null, off: false }]);
  // The last one of a kind that is on stays on: letters come to it.
  const isLast = kind !== null && lines.filter(({ off }) => !off).length === 1;
  return (
    <>
      <ul className={styles.lines}>
        {lines.map((line, at) => {
          const name = line.name || unnamed;
          return (
            <li key={line.id} data-off={line.off || undefined}>
              {kind !== null && (
                <TintMenu kind={kind} name={name} tint={line.tint} onTint={(tint) => change(at, { tint })} />
              )}
              <input
                className={styles.name}
                aria-label={t('standing.nameOf', { label, n: at + 1 })}
                value={line.name}
                placeholder={unnamed}
                maxLength={MOST}
                onChange={(event) => change(at, { name: event.target.value })}
              />
              <span className={styles.acts}>
                <IconButton
                  size="sm"
                  label={t('standing.up', { name })}
                  disabled={at === 0}
                  onClick={() => move(at, -1)}
                >
                  <IconArrowUp {...ICON} />
                </IconButton>
                <IconButton
                  size="sm"
                  label={t('standing.down', { name })}
                  disabled={at === lines.length - 1}
                  onClick={() => move(at, 1)}
                >
                  <IconArrowDown {...ICON} />
                </IconButton>
                {isFresh(line) ? (
                  <IconButton
                    size="sm"
                    label={t('standing.drop', { name })}
                    onClick={() => onChange(lines.filter((each) => each !== line))}
                  >
                    <IconX {...ICON} />
                  </IconButton>
                ) : (
                  <IconButton
                    size="sm"
                    label={t(line.off ? 'standing.switchOn' : 'standing.switchOff', { name })}
                    disabled={!line.off && isLast}
                    onClick={() => change(at, { off: !line.off })}
                  >
                    {line.off ? <IconEyeOff {...ICON} /> : <IconEye {...ICON} />}
                  </IconButton>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      <Button icon={<IconPlus {...ICON} />} onClick={onAdd}>
        {add}
      </Button>
    </>
  );
}

interface TintProps {
  kind: StatusKind;
  name: string;
  tint: string | null;
  onTint: (tint: string | null) => void;
}

function TintMenu({ kind, name, tint, onTint }: TintProps) {
  const { t } = useTranslation();
  return (
    <Menu
      target={
        <IconButton size="sm" label={t('standing.colourOf', { name })}>
          <StatusShape status={kind} tint={tint} silent />
        </IconButton>
      }
    >
      <MenuItem
        icon={<StatusShape status={kind} silent />}
        chosen={tint === null}
        onClick={() => onTint(null)}
      >
        {t('standing.usualColour')}
      </MenuItem>
      {mailboxTints.map((each) => (
        <MenuItem
          key={each}
          icon={<StatusShape status={kind} tint={each} silent />}
          chosen={each === tint}
          onClick={() => onTint(each)}
        >
          {t(`tints.${each}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}

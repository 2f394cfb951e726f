import type { SavedFilter } from '@madoguchi/contract';
import { IconArrowsSort, IconChevronDown, IconMailPlus, IconTableExport } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type CSSProperties, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useMyMailboxes } from '../data/queries.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx';
import { useFrame } from '../ui/use-width.ts';
import { FilterButton } from './filter/filter-button.tsx';
import styles from './list.module.css';
import { hasTabs, type Order, orders, type Tab, type View } from './view.ts';
import { type ViewDialog, ViewDialogs, ViewItems } from './views/view-menu.tsx';

interface Props {
  view: View;
  title: string;
  address: string | undefined;
  tab: Tab;
  filter: SavedFilter | undefined;
  onFilter: (filter: SavedFilter | undefined) => void;
  order: Order;
  onOrder: (order: Order) => void;
  /** Absent for a person without a mailbox to write from. */
  onCompose: (() => void) | undefined;
  /** Absent for a person who may not take data out. */
  onExport: (() => void) | undefined;
}

export function ListHead(props: Props) {
  const { view, title, address, tab, filter, onFilter, order, onOrder, onCompose, onExport } = props;
  const { t } = useTranslation();
  const { preview } = useMe();
  const [dialog, setDialog] = useState<ViewDialog>(null);
  const narrows = hasTabs(view) || view.kind === 'saved';
  const phone = useFrame() === 'phone';
  return (
    <header className={styles.head}>
      {phone && view.kind === 'mailbox' ? (
        <MailboxSwitch view={view} title={title} />
      ) : (
        <h1 className="cut">{title}</h1>
      )}
      <span className={`${styles.address} cut plain`}>{address}</span>
      <span className={styles.space} />
      {onCompose !== undefined && (
        <IconButton label={t('nav.compose')} shortcut="C" onClick={onCompose}>
          <IconMailPlus size={18} stroke={1.6} aria-hidden="true" />
        </IconButton>
      )}
      {narrows && <FilterButton view={view} tab={tab} order={order} filter={filter} onFilter={onFilter} />}
      <Menu
        align="end"
        target={
          <IconButton label={t('list.order')}>
            <IconArrowsSort size={18} stroke={1.6} aria-hidden="true" />
          </IconButton>
        }
      >
        {orders.map((each) => (
          <MenuItem key={each} chosen={each === order} onClick={() => onOrder(each)}>
            {t(each === 'waiting' ? 'list.longest' : 'list.newest')}
          </MenuItem>
        ))}
        {onExport !== undefined && (
          <>
            <MenuLine />
            <MenuItem icon={<IconTableExport size={16} stroke={1.7} aria-hidden="true" />} onClick={onExport}>
              {t('rights.exportCsv')}
            </MenuItem>
          </>
        )}
        {view.kind === 'saved' && preview === null && <ViewItems view={view.saved} onDialog={setDialog} />}
      </Menu>
      {view.kind === 'saved' && <ViewDialogs view={view.saved} dialog={dialog} onDialog={setDialog} />}
    </header>
  );
}

/** On the phone the name of the mailbox leads to the others. */
function MailboxSwitch({ view, title }: { view: Extract<View, { kind: 'mailbox' }>; title: string }) {
  const navigate = useNavigate();
  return (
    <Menu
      target={
        <button type="button" className={styles.switch}>
          <h1 className="cut">{title}</h1>
          <IconChevronDown size={16} stroke={1.8} aria-hidden="true" />
        </button>
      }
    >
      {useMyMailboxes().map((mailbox) => (
        <MenuItem
          key={mailbox.id}
          icon={
            <span
              className={styles.swatch}
              style={{ '--tint': `var(--label-${mailbox.tint})` } as CSSProperties}
            />
          }
          chosen={mailbox.id === view.mailboxId}
          onClick={() => void navigate({ to: '/m/$mailboxId', params: { mailboxId: mailbox.id } })}
        >
          {mailbox.name}
        </MenuItem>
      ))}
    </Menu>
  );
}

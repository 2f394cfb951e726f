import { Tooltip } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useFrame } from '../ui/use-width.ts';
import styles from './nav.module.css';

interface ItemProps {
  icon: ReactNode;
  name: string;
  count?: number | undefined;
  /** What the number says to a screen reader, where it is more than a number. */
  countSaid?: string;
  bad?: boolean;
}

/** What stands inside a link of the navigation; on the rail the name is a tooltip. */
export function Inside({ icon, name, count = 0, countSaid, bad = false }: ItemProps) {
  const rail = useFrame() === 'rail';
  return (
    <>
      {icon}
      <span className={`${styles.word} cut`}>{name}</span>
      {count > 0 && (
        <span className={`${styles.n} num ${bad ? styles.bad : ''}`} aria-hidden={countSaid !== undefined}>
          {bad && <IconAlertTriangle size={14} stroke={1.8} aria-hidden="true" />}
          {count}
        </span>
      )}
      {count > 0 && countSaid !== undefined && <span className="sr">{countSaid}</span>}
      {rail && <span className="sr">{name}</span>}
    </>
  );
}

export const Tip = ({ name, children }: { name: string; children: ReactNode }) => (
  <Tooltip label={name} position="right" openDelay={300} disabled={useFrame() !== 'rail'}>
    {children}
  </Tooltip>
);

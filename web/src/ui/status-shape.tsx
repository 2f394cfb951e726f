import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './shapes.module.css';

export type StatusShapeKind = 'open' | 'in_progress' | 'waiting' | 'done';

const ring = (width: number) => (
  <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth={width} />
);

/** Blue is our turn, grey is not our turn, green is done; the shape alone says it too. */
const SHAPES: Record<StatusShapeKind, ReactNode> = {
  open: ring(1.8),
  in_progress: (
    <>
      {ring(1.8)}
      <path d="M8 4.6a3.4 3.4 0 0 1 0 6.8z" fill="currentColor" />
    </>
  ),
  waiting: (
    <>
      {ring(1.5)}
      <path d="M6.6 6v4M9.4 6v4" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  done: (
    <>
      <circle cx="8" cy="8" r="6.4" fill="currentColor" />
      <path
        d="M5.3 8.2l1.9 1.9 3.6-4"
        fill="none"
        stroke="var(--bg-surface)"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
};

interface Props {
  status: StatusShapeKind;
  size?: 14 | 16;
  /** A status' own colour; the shape stays that of its kind. */
  tint?: string | null;
  /** Where the word stands beside it. */
  silent?: boolean;
}

export function StatusShape({ status, size = 16, tint = null, silent = false }: Props) {
  const { t } = useTranslation();
  const name = silent ? { 'aria-hidden': true } : { role: 'img', 'aria-label': t(`status.${status}`) };
  const own: CSSProperties | undefined = tint === null ? undefined : { color: `var(--label-${tint})` };
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label, or silent where the word stands beside it
    <svg className={styles[status]} style={own} width={size} height={size} viewBox="0 0 16 16" {...name}>
      {SHAPES[status]}
    </svg>
  );
}

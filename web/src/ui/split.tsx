import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import styles from './split.module.css';

interface Props {
  label: string;
  /** Remembered on this device under this name. */
  name: string;
  least: number;
  most: number;
  /** Told the width in pixels, also at first when one is remembered. */
  onWidth: (width: number) => void;
  width: number;
}

const STEP = 16;

export const rememberedWidth = (name: string): number | null => {
  const stored = Number(localStorage.getItem(`madoguchi.width.${name}`));
  return Number.isFinite(stored) && stored > 0 ? stored : null;
};

/** The line between two panes; dragged, or moved by the arrow keys. */
export function SplitLine({ label, name, least, most, width, onWidth }: Props) {
  const [from, setFrom] = useState<{ x: number; width: number } | null>(null);
  const move = (next: number) => {
    const kept = Math.min(most, Math.max(least, Math.round(next)));
    localStorage.setItem(`madoguchi.width.${name}`, String(kept));
    onWidth(kept);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') move(width - STEP);
    else if (event.key === 'ArrowRight') move(width + STEP);
    else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setFrom({ x: event.clientX, width });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be dragged
    <div
      className={styles.split}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => from !== null && move(from.width + event.clientX - from.x)}
      onPointerUp={() => setFrom(null)}
    />
  );
}

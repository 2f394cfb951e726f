import type { AgeStep } from './age.ts';
import styles from './shapes.module.css';

const STEPS: readonly AgeStep[] = [1, 2, 3, 4, 5];

/** Five small bars, filled to the step. Never alone: a time stands beside it. */
export const AgeGauge = ({ step }: { step: AgeStep }) => (
  <span className={styles.gauge} data-step={step} aria-hidden="true">
    {STEPS.map((each) => (
      <i key={each} data-on={each <= step ? '' : undefined} />
    ))}
  </span>
);

import styles from './shapes.module.css';

/** The sign of the house: a counter window. */
export const Mark = ({ size = 22 }: { size?: number }) => (
  <svg className={styles.mark} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
    <rect x="2" y="2" width="20" height="20" rx="6" fill="var(--act-solid)" />
    <path
      d="M7 15V10.5a5 5 0 0 1 10 0V15M5.5 17.2h13"
      fill="none"
      stroke="var(--on-solid)"
      strokeWidth="1.9"
      strokeLinecap="round"
    />
  </svg>
);

import { IconEye } from '@tabler/icons-react';
import styles from './lookers.module.css';
import { MemberCircle } from './who.tsx';

interface Props {
  /** Whoever looks, in the order in which they came. */
  members: readonly { id: string; name: string; tint: number }[];
  /** What is said of them all: 閲覧中: 佐藤 美咲、鈴木 健. */
  label: string;
  most: number;
  small?: boolean;
}

/** An eye and the circles of who is there; beyond `most` a number. */
export function Lookers({ members, label, most, small = false }: Props) {
  if (members.length === 0) return null;
  const rest = members.length - most;
  return (
    <span
      className={styles.lookers}
      data-small={small || undefined}
      role="img"
      aria-label={label}
      title={label}
    >
      <IconEye size={small ? 14 : 16} stroke={1.7} aria-hidden="true" />
      <span className={styles.circles}>
        {members.slice(0, most).map((member) => (
          <MemberCircle key={member.id} member={member} size={20} silent />
        ))}
      </span>
      {rest > 0 && <span className="num">+{rest}</span>}
    </span>
  );
}

import { CustomerSquare } from '../ui/who.tsx';
import styles from './demo.module.css';
import { useWords } from './words.ts';

interface Named {
  name: string;
  address: string;
}

interface Props {
  customers: readonly Named[];
  chosen: string;
  people: readonly { name: string; email: string }[];
  password: string;
  onChoose: (address: string) => void;
}

/** Whom one can be: a customer here, one of the shop over there. */
export function Cast({ customers, chosen, people, password, onChoose }: Props) {
  const words = useWords();
  return (
    <nav className={styles.cast} aria-label={words.who}>
      <h2>{words.who}</h2>
      <ul className={styles.customers}>
        {customers.map(({ name, address }) => (
          <li key={address}>
            <button
              type="button"
              className={styles.customer}
              aria-current={address === chosen}
              onClick={() => onChoose(address)}
            >
              <CustomerSquare name={name} size={32} />
              <span>
                <b className={`${styles.customerName} cut`}>{name}</b>
                <small className="cut">{address}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <section className={styles.staff}>
        <h2>{words.staff}</h2>
        <ul>
          {people.map(({ name, email }) => (
            <li key={email}>
              {name}
              <span className={styles.email}>{email}</span>
            </li>
          ))}
        </ul>
        <p>
          {words.password}　<code>{password}</code>
        </p>
      </section>
    </nav>
  );
}

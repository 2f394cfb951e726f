import type { DemoLetter } from '@madoguchi/contract';
import {
  IconArrowLeft,
  IconCheck,
  IconExternalLink,
  IconMailPlus,
  IconMasksTheater,
} from '@tabler/icons-react';
import { useState } from 'react';
import { isNotFound } from '../data/fault.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { NotFound } from '../ui/not-found.tsx';
import { EmptyState } from '../ui/states.tsx';
import { Strip } from '../ui/strip.tsx';
import { Cast } from './cast.tsx';
import styles from './demo.module.css';
import { LetterList } from './letter-list.tsx';
import { LetterView } from './letter-view.tsx';
import { useDemo, useFresh, useLetters } from './use-demo.ts';
import { useWords } from './words.ts';
import { WriteLetter } from './write-letter.tsx';

/** What stands at the right: nothing, a letter by its id, or words to be written. */
type Open =
  | { kind: 'nothing' }
  | { kind: 'letter'; id: string }
  | { kind: 'write'; answers: DemoLetter | null }
  | { kind: 'sent' };
const NOTHING: Open = { kind: 'nothing' };

/** お客さま役: one is an invented customer, writes to the shop by real SMTP and sees what comes back. */
export function CustomerPage() {
  const words = useWords();
  const { data: demo, isError, isPending, error } = useDemo();
  const [chosen, setChosen] = useState<string | null>(null);
  const [open, setOpen] = useState<Open>(NOTHING);
  const customer = demo?.customers.find(({ address }) => address === chosen) ?? demo?.customers[0];
  const address = customer?.address ?? '';
  const { letters, isRead, refetch } = useLetters(address);
  const fresh = useFresh(address, letters, isRead);
  const letter = open.kind === 'letter' ? letters.find(({ id }) => id === open.id) : undefined;

  const choose = (next: string) => {
    setChosen(next);
    setOpen(NOTHING);
  };
  const read = (one: DemoLetter) => {
    fresh.read(one.id);
    setOpen({ kind: 'letter', id: one.id });
  };
  // A server that is no demo has no such page.
  if (isNotFound(error)) return <NotFound />;
  if (isPending) return <main className={styles.page} />;
  return (
    <main className={styles.page}>
      <Banner />
      {isError && (
        <Strip tone="alarm" role="alert">
          {words.unreached}
        </Strip>
      )}
      {demo !== undefined && customer !== undefined && (
        <div className={styles.columns} data-open={open.kind !== 'nothing' || undefined}>
          <Cast {...demo} chosen={address} onChoose={choose} />
          <section className={styles.list} aria-label={words.letters}>
            <header>
              <h2>{words.letters}</h2>
              <Button
                look="solid"
                icon={<IconMailPlus size={16} stroke={1.7} aria-hidden="true" />}
                onClick={() => setOpen({ kind: 'write', answers: null })}
              >
                {words.write}
              </Button>
            </header>
            {isRead && (
              <LetterList
                letters={letters}
                openId={open.kind === 'letter' ? open.id : null}
                freshIds={fresh.ids}
                onOpen={read}
              />
            )}
          </section>
          <section className={styles.pane}>
            {open.kind !== 'nothing' && (
              <span className={styles.back}>
                <IconButton label={words.back} onClick={() => setOpen(NOTHING)}>
                  <IconArrowLeft size={20} stroke={1.7} aria-hidden="true" />
                </IconButton>
              </span>
            )}
            {open.kind === 'write' && (
              <WriteLetter
                key={open.answers?.id ?? 'new'}
                customer={customer}
                mailboxes={demo.mailboxes}
                answers={open.answers}
                onCancel={() => setOpen(NOTHING)}
                onSent={() => {
                  setOpen({ kind: 'sent' });
                  refetch();
                }}
              />
            )}
            {letter !== undefined && (
              <LetterView letter={letter} onAnswer={(one) => setOpen({ kind: 'write', answers: one })} />
            )}
            {open.kind === 'sent' && <Sent />}
            {open.kind === 'nothing' && (
              <EmptyState icon={<IconMasksTheater />} title={words.noneOpen} hint={words.noneOpenHint} />
            )}
          </section>
        </div>
      )}
    </main>
  );
}

/** Says on which side of the counter one stands. */
function Banner() {
  const words = useWords();
  return (
    <header className={styles.banner}>
      <IconMasksTheater size={24} stroke={1.6} aria-hidden="true" />
      <div>
        <h1>
          {words.title}
          <span className={styles.side}>{words.banner}</span>
        </h1>
        <p className="phrase">{words.bannerHint}</p>
      </div>
      <ShopLink />
    </header>
  );
}

function ShopLink() {
  const words = useWords();
  return (
    <a className={styles.shop} href="/" target="madoguchi-shop" rel="noopener">
      {words.toShop}
      <IconExternalLink size={16} stroke={1.7} aria-hidden="true" />
    </a>
  );
}

function Sent() {
  const words = useWords();
  return (
    <div role="status">
      <EmptyState icon={<IconCheck />} title={words.sent} hint={words.sentHint}>
        <ShopLink />
      </EmptyState>
    </div>
  );
}

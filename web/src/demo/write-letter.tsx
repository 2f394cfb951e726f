import { type DemoLetter, writeDemoLetterRoute } from '@madoguchi/contract';
import { IconSend } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, RefusedError } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceField, TextArea, TextField } from '../ui/field.tsx';
import { Strip } from '../ui/strip.tsx';
import styles from './demo.module.css';
import { addressIn, answerSubject } from './letters.ts';
import { useWords } from './words.ts';

interface Named {
  name: string;
  address: string;
}

interface Props {
  customer: Named;
  mailboxes: readonly Named[];
  /** The letter that is answered; null for a new one. */
  answers: DemoLetter | null;
  onSent: () => void;
  onCancel: () => void;
}

/** A letter of the customer to the shop. */
export function WriteLetter({ customer, mailboxes, answers, onSent, onCancel }: Props) {
  const words = useWords();
  const { t } = useTranslation();
  const [to, setTo] = useState(answers === null ? (mailboxes[0]?.address ?? '') : addressIn(answers.from));
  const [subject, setSubject] = useState(answers === null ? '' : answerSubject(answers.subject));
  const [text, setText] = useState('');
  const [isSending, setSending] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    try {
      const { name, address } = customer;
      await call(writeDemoLetterRoute, {
        body: { customer: address, name, to, subject, text, answers: answers?.id ?? '' },
      });
      onSent();
    } catch (error) {
      setFault(error);
      setSending(false);
    }
  };
  const said = fault === null ? null : notTakenReply(fault);
  return (
    <form className={styles.write} onSubmit={(event) => void send(event)}>
      <h2>{answers === null ? words.write : words.answer}</h2>
      <p className={styles.sender}>
        {words.writeAs} <b className={styles.senderName}>{customer.name}</b> <span>{customer.address}</span>
      </p>
      <ChoiceField label={words.to} value={to} choices={choicesOf(mailboxes, to)} onChoose={setTo} />
      <TextField
        label={words.subject}
        value={subject}
        maxLength={500}
        autoFocus={answers === null}
        onChange={(event) => setSubject(event.target.value)}
      />
      <TextArea
        label={words.text}
        hint={answers === null ? undefined : words.textHint}
        required
        rows={10}
        autoFocus={answers !== null}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {fault !== null && (
        <Strip tone="alarm" role="alert">
          {said === null ? faultWords(fault, t) : words.notTaken(said)}
        </Strip>
      )}
      <p className={styles.acts}>
        <Button
          look="solid"
          size="form"
          type="submit"
          busy={isSending}
          disabled={text.trim() === '' || isSending}
          icon={<IconSend size={16} stroke={1.7} aria-hidden="true" />}
        >
          {words.send}
        </Button>
        <Button look="quiet" size="form" onClick={onCancel}>
          {words.cancel}
        </Button>
      </p>
    </form>
  );
}

/** The shop's addresses, and another one that wrote to us. */
function choicesOf(mailboxes: readonly Named[], to: string) {
  const known = mailboxes.map(({ name, address }) => ({ value: address, label: `${name}　${address}` }));
  return known.some(({ value }) => value === to) ? known : [...known, { value: to, label: to }];
}

/** The words of the shop's mail server, where it refused. */
function notTakenReply(fault: unknown): string | null {
  if (!(fault instanceof RefusedError) || fault.refusal.code !== 'demo.letter_not_taken') return null;
  const { reply } = fault.refusal.facts;
  return typeof reply === 'string' ? reply : '';
}

import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FoldPill } from '../ui/fold-pill.tsx';
import { belongsToInput } from '../ui/shortcuts.ts';
import { AddressField } from './address-field.tsx';
import { AttachmentList, type useAttachments } from './attachments.tsx';
import styles from './composer.module.css';
import { GrowingText } from './growing-text.tsx';
import type { DraftHandle } from './use-draft.ts';

interface Props {
  draft: DraftHandle;
  attachments: ReturnType<typeof useAttachments>;
  /** A row above the recipients, such as the choice of a sender. */
  first?: ReactNode;
  /** Ctrl+Enter. */
  onSend: () => void;
  /** Esc leaves the field; the words stay. */
  onLeave: () => void;
  bodyLabel: string;
  focusRecipient?: boolean;
}

const lines = (text: string) => (text.trim() === '' ? 0 : text.trim().split('\n').length);

export function LetterForm({
  draft,
  attachments,
  first,
  onSend,
  onLeave,
  bodyLabel,
  focusRecipient = false,
}: Props) {
  const { t } = useTranslation();
  const { words, change } = draft;
  const [ccShown, setCcShown] = useState(false);
  const [bccShown, setBccShown] = useState(false);
  const withCc = ccShown || words.cc.length > 0;
  const withBcc = bccShown || words.bcc.length > 0;
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (belongsToInput(event.nativeEvent)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSend();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onLeave();
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields inside
    <div className={styles.fields} onKeyDown={onKeyDown}>
      {first}
      <AddressField
        label={t('composer.to')}
        value={words.to}
        focused={focusRecipient}
        onChange={(to) => change({ to })}
      >
        {!withCc && (
          <button type="button" className="muted small" onClick={() => setCcShown(true)}>
            {t('composer.cc')}
          </button>
        )}
        {!withBcc && (
          <button type="button" className="muted small" onClick={() => setBccShown(true)}>
            {t('composer.bcc')}
          </button>
        )}
      </AddressField>
      {withCc && <AddressField label={t('composer.cc')} value={words.cc} onChange={(cc) => change({ cc })} />}
      {withBcc && (
        <AddressField label={t('composer.bcc')} value={words.bcc} onChange={(bcc) => change({ bcc })} />
      )}
      <div className={styles.field}>
        <label htmlFor="composer-subject">{t('composer.subject')}</label>
        <input
          id="composer-subject"
          value={words.subject}
          onChange={(event) => change({ subject: event.target.value })}
        />
      </div>
      <GrowingText
        className={styles.write}
        aria-label={bodyLabel}
        data-body
        value={words.text}
        // The composer is opened in order to write in it.
        autoFocus={!focusRecipient}
        onChange={(event) => change({ text: event.target.value })}
        onPaste={(event) => {
          if (event.clipboardData.files.length === 0) return;
          event.preventDefault();
          attachments.add([...event.clipboardData.files]);
        }}
      />
      <Below draft={draft} />
      <AttachmentList
        files={draft.files}
        attachments={attachments}
        onRemove={(file) => draft.setFiles((files) => files.filter((each) => each !== file))}
      />
    </div>
  );
}

/** Signature and quote, folded; opened, both can be changed or taken out. */
function Below({ draft }: { draft: DraftHandle }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { words, change } = draft;
  const signature = lines(words.signature);
  const quote = lines(words.quote);
  if (signature + quote === 0 && !open) return null;
  const label =
    quote === 0
      ? 'composer.signatureOnly'
      : signature === 0
        ? 'composer.quoteOnly'
        : 'composer.quoteAndSignature';
  return (
    <div className={styles.folded}>
      <FoldPill open={open} label={t(label, { count: signature + quote })} onToggle={() => setOpen(!open)} />
      {open && (
        <>
          <label htmlFor="composer-signature">{t('composer.signature')}</label>
          <GrowingText
            id="composer-signature"
            value={words.signature}
            onChange={(event) => change({ signature: event.target.value })}
          />
          <label htmlFor="composer-quote">{t('composer.quote')}</label>
          <GrowingText
            id="composer-quote"
            value={words.quote}
            onChange={(event) => change({ quote: event.target.value })}
          />
        </>
      )}
    </div>
  );
}

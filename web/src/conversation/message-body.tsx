import type { Message, TextPiece } from '@madoguchi/contract';
import { IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { FoldPill } from '../ui/fold-pill.tsx';
import { TextWithLinks } from '../ui/text-with-links.tsx';
import { HtmlFrame } from './html-frame.tsx';
import styles from './message.module.css';

import { runsOf } from './text-runs.ts';

const linesOf = (text: string) => text.trim().split('\n').length;

/** Quotes and signatures that follow one another lie behind one pill. */
function Fold({ pieces }: { pieces: readonly TextPiece[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const kinds = new Set(pieces.map((piece) => piece.kind));
  const words =
    kinds.size > 1
      ? 'composer.quoteAndSignature'
      : kinds.has('signature')
        ? 'composer.signatureOnly'
        : 'conversation.quote';
  const count = pieces.reduce((sum, piece) => sum + linesOf(piece.text), 0);
  return (
    <div>
      <div className={styles.tools}>
        <FoldPill open={open} label={t(words, { count })} onToggle={() => setOpen(!open)} />
      </div>
      {open &&
        pieces.map((piece) => (
          <div key={`${piece.kind}${piece.text}`} className={styles.quote}>
            <TextWithLinks text={piece.text.trim()} />
          </div>
        ))}
    </div>
  );
}

/** The words themselves: new text in the open, quotes and signatures folded in their place. */
function Pieces({ pieces }: { pieces: readonly TextPiece[] }) {
  const { t } = useTranslation();
  const runs = runsOf(pieces.filter((piece) => piece.text.trim() !== ''));
  if (runs.length === 0) return <p className={`${styles.body} muted`}>{t('conversation.noText')}</p>;
  return runs.map(({ said, folded }, index) => {
    // Pieces of a letter never change or move.
    const key = `${index}${said === null}`;
    return said === null ? (
      <Fold key={key} pieces={folded} />
    ) : (
      <div key={key} className={styles.body}>
        <TextWithLinks text={said.text.replace(/^\s*\n|\s+$/g, '')} />
      </div>
    );
  });
}

interface Props {
  message: Message;
  name: string;
  /** Whether its reader may have pictures fetched from elsewhere. */
  mayLoad: boolean;
}

/**
 * A letter's own look where there is nothing to fold; a letter with quotes is shown as text, so that what
 * is new stands alone. One click changes between the two.
 */
export function MessageBody({ message, name, mayLoad }: Props) {
  const { t } = useTranslation();
  const quotes = message.pieces.some((piece) => piece.kind === 'quote');
  const [asHtml, setAsHtml] = useState(message.hasHtml && message.kind === 'in' && !quotes);
  const [images, setImages] = useState(false);
  const pictures = asHtml && message.remoteImages > 0 && !images;
  return (
    <>
      {pictures && (
        <p className={styles.hint}>
          <IconPhotoOff size={14} stroke={1.8} aria-hidden="true" />
          {t('conversation.images')}
          {mayLoad && (
            <Button size="sm" look="quiet" onClick={() => setImages(true)}>
              {t('conversation.imagesShow')}
            </Button>
          )}
        </p>
      )}
      {asHtml ? (
        <HtmlFrame messageId={message.id} images={images} title={t('conversation.frame', { name })} />
      ) : (
        <Pieces pieces={message.pieces} />
      )}
      {message.hasHtml && message.kind === 'in' && (
        <div className={styles.look}>
          <Button size="sm" look="quiet" onClick={() => setAsHtml(!asHtml)}>
            {t(asHtml ? 'conversation.asText' : 'conversation.asHtml')}
          </Button>
        </div>
      )}
    </>
  );
}

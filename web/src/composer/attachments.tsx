import type { DraftFile } from '@madoguchi/contract';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusedError } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { uploadFile } from '../data/uploads.ts';
import { IconButton } from '../ui/button.tsx';
import { fileSize } from '../ui/file-size.ts';
import styles from './composer.module.css';
import type { DraftHandle } from './use-draft.ts';

interface Waiting {
  id: number;
  name: string;
  /** Why it did not come; null while it is on its way. */
  failed: string | null;
}

let lastId = 0;

/**
 * Files on their way to the server; each shows where it is, one that fails leaves the others alone.
 *
 * @param may false for who lays no files beside his words: what is dropped or pasted is not taken
 */
export function useAttachments(draft: DraftHandle, may: boolean) {
  const { t } = useTranslation();
  const [waiting, setWaiting] = useState<readonly Waiting[]>([]);
  const [over, setOver] = useState(false);

  const words = (error: unknown, file: File): string => {
    if (!(error instanceof RefusedError) || error.status !== 413) {
      return t('composer.uploadFailed', { name: file.name, reason: faultWords(error, t) });
    }
    const limit = Number(error.refusal.facts.limitBytes);
    return Number.isFinite(limit)
      ? t('composer.fileTooLarge', { size: fileSize(file.size), limit: fileSize(limit) })
      : t('composer.fileTooLargeNoLimit', { size: fileSize(file.size) });
  };
  const add = (files: Iterable<File>) => {
    for (const file of may ? files : []) {
      lastId += 1;
      const id = lastId;
      setWaiting((before) => [...before, { id, name: file.name, failed: null }]);
      uploadFile(file).then(
        (kept) => {
          draft.setFiles((before) => [...before, kept]);
          setWaiting((before) => before.filter((each) => each.id !== id));
        },
        (error: unknown) =>
          setWaiting((before) =>
            before.map((each) => (each.id === id ? { ...each, failed: words(error, file) } : each)),
          ),
      );
    }
  };
  const hasFiles = (event: DragEvent) => may && event.dataTransfer.types.includes('Files');
  const drop = {
    'data-drop': over ? t('composer.drop') : undefined,
    onDragOver: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      add(event.dataTransfer.files);
    },
  };
  const dismiss = (id: number) => setWaiting((before) => before.filter((each) => each.id !== id));
  return { may, waiting, add, dismiss, drop, busy: waiting.some((each) => each.failed === null) };
}

type Attachments = ReturnType<typeof useAttachments>;

interface ListProps {
  files: readonly DraftFile[];
  attachments: Attachments;
  onRemove: (file: DraftFile) => void;
}

export function AttachmentList({ files, attachments, onRemove }: ListProps) {
  const { t } = useTranslation();
  if (files.length + attachments.waiting.length === 0) return null;
  const cross = <IconX size={14} stroke={1.8} aria-hidden="true" />;
  return (
    <ul className={styles.files} aria-label={t('composer.attach')}>
      {files.map((file) => (
        <li key={file.uploadId} className={styles.file}>
          <span className="cut">{file.name}</span>
          <small className="num">{fileSize(file.size)}</small>
          <button
            type="button"
            className={styles.remove}
            aria-label={t('composer.removeFile', { name: file.name })}
            onClick={() => onRemove(file)}
          >
            {cross}
          </button>
        </li>
      ))}
      {attachments.waiting.map((file) => (
        <li
          key={file.id}
          className={styles.file}
          data-failed={file.failed !== null || undefined}
          role="status"
        >
          <span>{file.failed ?? t('composer.uploading', { name: file.name })}</span>
          {file.failed !== null && (
            <button
              type="button"
              className={styles.remove}
              aria-label={t('composer.removeFile', { name: file.name })}
              onClick={() => attachments.dismiss(file.id)}
            >
              {cross}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

export function AttachButton({ attachments }: { attachments: Attachments }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  if (!attachments.may) return null;
  return (
    <>
      <IconButton label={t('composer.attach')} onClick={() => input.current?.click()}>
        <IconPaperclip size={18} stroke={1.6} aria-hidden="true" />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          add(event.target.files);
          event.target.value = '';
        }}
      />
    </>
  );
  function add(files: FileList | null) {
    if (files !== null) attachments.add([...files]);
  }
}

import { type Attachment, type MessageId, messagePartRoute } from '@madoguchi/contract';
import {
  IconFile,
  IconFileSpreadsheet,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconMail,
  IconPhoto,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../data/client.ts';
import { fileSize, isDisguised } from '../ui/file-size.ts';
import styles from './message.module.css';

const PICTURE = /^image\/(png|jpeg|gif|webp)$/;
const ICONS: ReadonlyArray<[RegExp, typeof IconFile]> = [
  [/^image\//, IconPhoto],
  [/pdf$/, IconFileTypePdf],
  [/(zip|compressed|x-7z|x-tar|gzip)/, IconFileZip],
  [/(sheet|excel|csv)/, IconFileSpreadsheet],
  [/^message\//, IconMail],
  [/(^text\/|word|document)/, IconFileText],
];

const iconOf = (type: string) => ICONS.find(([pattern]) => pattern.test(type))?.[1] ?? IconFile;

interface Props {
  messageId: MessageId;
  files: readonly Attachment[];
  mayDownload: boolean;
}

export function Files({ messageId, files, mayDownload }: Props) {
  const { t } = useTranslation();
  if (files.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={t('conversation.files')}>
      {files.map((file) => {
        const params = { messageId, part: file.part };
        const Icon = iconOf(file.type);
        const isOpen = mayDownload && file.withheld !== true;
        const shown = (
          <>
            {PICTURE.test(file.type) && isOpen ? (
              <img
                src={addressOf(messagePartRoute, { params, query: { inline: '1' } })}
                alt=""
                loading="lazy"
              />
            ) : (
              <Icon stroke={1.6} aria-hidden="true" />
            )}
            <span className={isDisguised(file.name) ? styles.disguised : ''}>
              {file.name}
              <small className="num">{fileSize(file.size)}</small>
              {file.withheld === true && <small>{t('conversation.fileWithheld')}</small>}
            </span>
          </>
        );
        return (
          <li key={file.part}>
            {isOpen ? (
              <a className={styles.file} href={addressOf(messagePartRoute, { params })} download={file.name}>
                {shown}
              </a>
            ) : (
              <span className={styles.file}>{shown}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

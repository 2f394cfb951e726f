import { type Address, type Message, messageOriginalRoute } from '@madoguchi/contract';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../data/client.ts';
import { useNow } from '../data/clock.ts';
import { fullTime } from '../ui/time-words.ts';
import styles from './message.module.css';

const CLOCKS_APART = 5 * 60_000;

const person = (address: Address) =>
  address.name === '' ? address.address : `${address.name} <${address.address}>`;

/** Behind the time, by click: everyone it went to, when its sender says it was written, why it is here. */
export function MessageDetails({ message, original }: { message: Message; original: boolean }) {
  const { t } = useTranslation();
  const now = useNow();
  const sent = message.sentAt === null ? null : new Date(message.sentAt);
  const apart = sent !== null && Math.abs(sent.getTime() - Date.parse(message.receivedAt)) > CLOCKS_APART;
  const joined = `conversation.joinedBy.${message.joinedBy}`;
  const why = t(joined as 'conversation.joinedBy.new', { defaultValue: '' });
  const lines: Array<[string, string]> = [
    [t('conversation.from'), message.from === null ? t('list.noName') : person(message.from)],
    [t('conversation.toField'), message.to.map(person).join('、')],
    [t('conversation.cc'), message.cc.map(person).join('、')],
    [t('conversation.bcc'), message.bcc.map(person).join('、')],
    [t('composer.subject'), message.subject],
    [t('conversation.received'), fullTime(new Date(message.receivedAt), now, t)],
    [t('conversation.headerDate'), apart && sent !== null ? fullTime(sent, now, t) : ''],
    [t('conversation.joined'), why],
  ];
  return (
    <dl className={`${styles.details} plain`}>
      {lines
        .filter(([, value]) => value !== '')
        .map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}
      {message.hasOriginal && original && (
        <>
          <dt>{t('conversation.originalLabel')}</dt>
          <dd>
            <a href={addressOf(messageOriginalRoute, { params: { messageId: message.id } })} download>
              {t('act.original')}
            </a>
          </dd>
        </>
      )}
    </dl>
  );
}

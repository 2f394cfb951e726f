import { addTokenRoute, endTokenRoute, listTokensRoute, type Token } from '@madoguchi/contract';
import { IconKey } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../data/client.ts';
import { useNow } from '../../data/clock.ts';
import { keys } from '../../data/keys.ts';
import { Button } from '../../ui/button.tsx';
import { Ask } from '../../ui/dialog.tsx';
import { fullTime } from '../../ui/time-words.ts';
import { Block } from '../block.tsx';
import styles from './security.module.css';
import { TokenDialog } from './token-dialog.tsx';
import { useAct } from './use-act.ts';

/** APIトークン: keys for programs that act as oneself. */
export function TokensBlock() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, run } = useAct();
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Token | null>(null);
  const { data: tokens } = useQuery({
    queryKey: keys.tokens(),
    queryFn: async ({ signal }) => (await call(listTokensRoute, {}, { signal })).items,
  });
  const refetch = () => queries.invalidateQueries({ queryKey: keys.tokens() });
  const add = async (name: string) => {
    const { word } = await call(addTokenRoute, { body: { name } });
    await refetch();
    return word;
  };
  const end = ({ id }: Token) =>
    run(async () => {
      setEnding(null);
      await call(endTokenRoute, { params: { tokenId: id } });
      await refetch();
      return t('safety.tokenEnded');
    });
  return (
    <Block title={t('safety.tokens')} text={t('safety.tokensText')} anchor="tokens">
      {tokens?.length === 0 && <p className={styles.none}>{t('safety.noTokens')}</p>}
      <ul className={styles.rows} aria-label={t('safety.tokens')}>
        {tokens?.map((token) => (
          <TokenRow key={token.id} token={token} busy={busy} onEnd={() => setEnding(token)} />
        ))}
      </ul>
      <Button onClick={() => setAdding(true)}>{t('safety.addToken')}</Button>
      <TokenDialog opened={adding} add={add} onClose={() => setAdding(false)} />
      <Ask
        opened={ending !== null}
        title={t('safety.askEndToken', { name: ending?.name ?? '' })}
        text={t('safety.askEndTokenText')}
        verb={t('safety.endToken')}
        danger
        onYes={() => ending !== null && end(ending)}
        onNo={() => setEnding(null)}
      />
    </Block>
  );
}

function TokenRow({ token, busy, onEnd }: { token: Token; busy: boolean; onEnd: () => void }) {
  const { t } = useTranslation();
  const now = useNow();
  const used =
    token.lastUsedAt === null
      ? t('safety.tokenUnused')
      : t('safety.tokenUsed', { time: fullTime(new Date(token.lastUsedAt), now, t) });
  return (
    <li className={styles.row}>
      <IconKey size={20} stroke={1.6} aria-hidden="true" />
      <span className="grow">
        {token.name}
        <small className="num">{used}</small>
      </span>
      <Button
        size="sm"
        look="quiet"
        disabled={busy}
        aria-label={t('safety.endTokenOf', { name: token.name })}
        onClick={onEnd}
      >
        {t('safety.endToken')}
      </Button>
    </li>
  );
}

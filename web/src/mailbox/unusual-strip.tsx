import { endOtherSessionsRoute, listSignInsRoute, noteUnusualRoute } from '@madoguchi/contract';
import { IconShieldExclamation } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { useNow } from '../data/clock.ts';
import { faultWords } from '../data/fault.ts';
import { keys } from '../data/keys.ts';
import { useMe } from '../data/queries.ts';
import { Button } from '../ui/button.tsx';
import { Strip } from '../ui/strip.tsx';
import { fullTime } from '../ui/time-words.ts';
import { toast } from '../ui/toasts.ts';

const LOOKED_THROUGH = 50;

/** Above every page while there are sign-ins from somewhere new that their person has not looked at. */
export function UnusualStrip() {
  const me = useMe();
  return me.unusualSignIns > 0 && me.preview === null ? <Unusual count={me.unusualSignIns} /> : null;
}

function Unusual({ count }: { count: number }) {
  const { t } = useTranslation();
  const now = useNow();
  const navigate = useNavigate();
  const { newest, busy, run } = useUnusual();
  const words =
    newest === undefined
      ? ''
      : [fullTime(new Date(newest.at), now, t), newest.device || t('safety.unknownDevice'), newest.address]
          .filter((part) => part !== '')
          .join('・');
  const protect = () =>
    run(async () => {
      await call(endOtherSessionsRoute, {});
      await call(noteUnusualRoute, {});
      await navigate({ to: '/settings/$section', params: { section: 'security-mine' }, hash: 'protect' });
    });
  return (
    <Strip
      stacked
      tone="act"
      role="status"
      icon={<IconShieldExclamation size={16} stroke={1.7} aria-hidden="true" />}
    >
      <span className="grow phrase">
        <b>{t('unusual.title')}</b> <span className="num">{words}</span>
        {count > 1 && <span className="muted"> {t('unusual.more', { count: count - 1 })}</span>}
      </span>
      <Button size="sm" busy={busy} onClick={() => run(() => call(noteUnusualRoute, {}))}>
        {t('unusual.mine')}
      </Button>
      <Button size="sm" look="quiet" onClick={protect}>
        {t('unusual.notMine')}
      </Button>
    </Strip>
  );
}

function useUnusual() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const { data } = useQuery({
    queryKey: keys.signInsOf('unusual'),
    queryFn: ({ signal }) =>
      call(listSignInsRoute, { query: { memberId: 'me', limit: LOOKED_THROUGH } }, { signal }),
  });
  const run = (act: () => Promise<unknown>) => {
    setBusy(true);
    act()
      .then(() => queries.invalidateQueries({ queryKey: keys.me() }))
      .catch((fault: unknown) => toast(faultWords(fault, t), { tone: 'alarm' }))
      .finally(() => setBusy(false));
  };
  return { newest: data?.items.find((each) => each.unusual), busy, run };
}

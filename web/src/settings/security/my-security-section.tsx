import { useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../data/queries.ts';
import { Strip } from '../../ui/strip.tsx';
import styles from '../settings.module.css';
import { FactorBlock } from './factor-block.tsx';
import { OwnHistoryBlock } from './own-history-block.tsx';
import { PasskeysBlock } from './passkeys-block.tsx';
import { PasswordBlock } from './password-block.tsx';
import { SessionsBlock } from './sessions-block.tsx';
import { TokensBlock } from './tokens-block.tsx';

/** Where 「自分ではない」 leads. */
const PROTECT = 'protect';

/** 自分のセキュリティ: how one signs in, where one is signed in, and where one has been. */
export function MySecuritySection() {
  const { t } = useTranslation();
  const may = useMay();
  const protect = useRouterState({ select: ({ location }) => location.hash }) === PROTECT;
  return (
    <div className={styles.form}>
      <div className={styles.top}>
        <h2>{t('safety.mine')}</h2>
        <span className="grow muted small">{t('safety.mineLead')}</span>
      </div>
      {protect && (
        <Strip tone="act" role="status">
          <span className="phrase">
            <b>{t('unusual.askTitle')}</b> {t('unusual.askText')}
          </span>
        </Strip>
      )}
      <PasswordBlock focused={protect} />
      <FactorBlock />
      <PasskeysBlock />
      <SessionsBlock />
      {may('token.own') && <TokensBlock />}
      <OwnHistoryBlock />
    </div>
  );
}

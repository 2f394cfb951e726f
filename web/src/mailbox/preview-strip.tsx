import { endPreviewRoute } from '@madoguchi/contract';
import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { useMe } from '../data/queries.ts';
import { tellWindows } from '../data/windows.ts';
import { Button } from '../ui/button.tsx';
import { Strip } from '../ui/strip.tsx';
import { toast } from '../ui/toasts.ts';

/** Above every page while one looks at it as somebody else; the way back begins with an empty page. */
export function PreviewStrip() {
  const { t } = useTranslation();
  const { preview } = useMe();
  const [busy, setBusy] = useState(false);
  if (preview === null) return null;
  const back = async () => {
    setBusy(true);
    try {
      await call(endPreviewRoute, {});
      tellWindows();
      location.assign('/');
    } catch (fault) {
      toast(faultWords(fault, t), { tone: 'alarm' });
      setBusy(false);
    }
  };
  return (
    <Strip stacked tone="inside" role="status" icon={<IconEye size={16} stroke={1.7} aria-hidden="true" />}>
      <span className="grow phrase">{t('preview.strip', { name: preview.name })}</span>
      <Button size="sm" busy={busy} onClick={() => void back()}>
        {t('preview.back')}
      </Button>
    </Strip>
  );
}

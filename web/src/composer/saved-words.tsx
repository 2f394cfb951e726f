import { useTranslation } from 'react-i18next';
import { useNow } from '../data/clock.ts';
import { rowTime } from '../ui/time-words.ts';
import type { SaveState } from './use-draft.ts';

/** Where the words are kept now: 保存しています… → 11:54 保存済み → この端末に保存済み. */
export function SavedWords({ state }: { state: SaveState }) {
  const { t } = useTranslation();
  const now = useNow();
  const words = {
    clean: '',
    saving: t('composer.saving'),
    here: t('composer.savedHere'),
    conflict: t('composer.savedHere'),
    saved: state.kind === 'saved' ? t('composer.saved', { time: rowTime(state.at, now, t) }) : '',
  }[state.kind];
  return <span className="muted num">{words}</span>;
}

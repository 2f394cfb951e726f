import { type ConversationFilter, listConversationsRoute } from '@madoguchi/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../data/client.ts';
import { faultWords } from '../data/fault.ts';
import { useMay } from '../data/queries.ts';
import { saveFile } from '../data/save-file.ts';
import { toast } from '../ui/toasts.ts';

const csvRoute = { ...listConversationsRoute, path: '/conversations/csv' };

/** Saves what a list asks for as a table that Excel opens; undefined for who may not take data out. */
export function useExport(query: ConversationFilter, title: string): (() => void) | undefined {
  const { t } = useTranslation();
  const may = useMay();
  const [busy, setBusy] = useState(false);
  if (!may('conversation.export')) return undefined;
  return () => {
    if (busy) return;
    setBusy(true);
    saveFile(addressOf(csvRoute, { query }), `${title}.csv`)
      .catch((fault: unknown) => toast(faultWords(fault, t), { tone: 'alarm' }))
      .finally(() => setBusy(false));
  };
}

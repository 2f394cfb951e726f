import type { Conversation } from '@madoguchi/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActs, DialogFields } from '../../ui/dialog.tsx';
import { ChoiceField, TextArea } from '../../ui/field.tsx';
import type { Changes } from '../changes.ts';
import type { Takers } from './use-takers.ts';

interface Props {
  conversation: Conversation;
  takers: Takers;
  changes: Changes;
  onClose: () => void;
}

const MOST_WORDS = 2000;

/** Hands a conversation on with words, which stay in it as a note. */
export function HandOverDialog({ conversation, takers, changes, onClose }: Props) {
  const { t } = useTranslation();
  const [to, setTo] = useState('');
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const person = takers.people.find(({ id }) => id === to);
  const team = takers.teams.find(({ id }) => id === to);
  const choices = [
    { value: '', label: t('standing.chooseTaker') },
    ...takers.people
      .filter(({ id }) => id !== conversation.assigneeId)
      .map(({ id, name }) => ({ value: id as string, label: name })),
    ...takers.teams
      .filter(({ id }) => id !== conversation.teamId)
      .map(({ id, name }) => ({ value: id as string, label: t('standing.teamNamed', { name }) })),
  ];
  const isReady = (person !== undefined || team !== undefined) && words.trim() !== '';
  const hand = async () => {
    setBusy(true);
    const message = words.trim();
    // Whoever was first, the words stay here until they are kept.
    const done =
      person !== undefined
        ? await changes.assign(conversation, person.id, { message })
        : team !== undefined && (await changes.assignTeam(conversation, team.id, { message }));
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Dialog opened title={t('standing.handOverTitle')} onClose={onClose}>
      <DialogFields>
        <ChoiceField label={t('standing.to')} value={to} choices={choices} onChoose={setTo} />
        <TextArea
          label={t('standing.handOverNote')}
          hint={t('standing.handOverHint')}
          rows={4}
          maxLength={MOST_WORDS}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </DialogFields>
      <DialogActs>
        <Button look="quiet" onClick={onClose}>
          {t('act.cancel')}
        </Button>
        <Button look="solid" busy={busy} disabled={!isReady || busy} onClick={() => void hand()}>
          {t('standing.hand')}
        </Button>
      </DialogActs>
    </Dialog>
  );
}

import {
  type Leaving,
  type Member,
  type MemberId,
  type Role,
  readLeavingRoute,
  retireMemberRoute,
  suspendMemberRoute,
} from '@madoguchi/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../data/client.ts';
import { faultWords } from '../../data/fault.ts';
import { keys } from '../../data/keys.ts';
import { useMe, useMemberById } from '../../data/queries.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/field.tsx';
import { toast } from '../../ui/toasts.ts';
import styles from '../settings.module.css';
import own from './people.module.css';
import { actsOn } from './rights.ts';

interface Props {
  member: Member;
  role: Role | undefined;
  onClose: () => void;
}

type Kind = 'left' | 'suspended';

const ROUTES = { left: retireMemberRoute, suspended: suspendMemberRoute } as const;

/** 退職, 休職 or an invitation withdrawn: what will move, to whom, and one red button. Nothing is chosen beforehand. */
export function LeavePerson({ member, role, onClose }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { retire, suspend } = actsOn(useMe(), member, role);
  const invited = member.state === 'invited';
  const [kind, setKind] = useState<Kind | null>(onlyKind({ retire, suspend, invited }));
  const [heir, setHeir] = useState<Heir>('');
  const [insist, setInsist] = useState(false);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const params = { memberId: member.id };
  const leaving = useQuery({
    queryKey: keys.leaving(member.id),
    queryFn: ({ signal }) => call(readLeavingRoute, { params }, { signal }),
    // What one decides by is asked anew each time.
    ...{ staleTime: 0, gcTime: 0 },
  });
  const told = invited ? 'people.withdrawn' : kind === 'left' ? 'people.retired' : 'people.suspended';
  const missing = !invited && leaving.data !== undefined && asksForHeir(leaving.data) && heir === '';
  const go = async () => {
    setInsist(true);
    if (kind === null || missing) return;
    setBusy(true);
    try {
      await call(ROUTES[kind], {
        params,
        body: { successorId: heir === '' || heir === 'queue' ? null : heir },
      });
      const stale = [keys.members(), keys.roles(), keys.lists(), keys.counts()];
      await Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
      toast(t(told, { name: member.name }));
      onClose();
    } catch (fault) {
      setError(faultWords(fault, t));
      setBusy(false);
      // Who could take over when this was opened may not be able to any more.
      void leaving.refetch();
    }
  };
  const problem = error !== '' ? error : leaving.error === null ? '' : faultWords(leaving.error, t);
  return (
    <div className={styles.stack}>
      {invited && <p className="phrase">{t('people.withdrawText')}</p>}
      {!invited && (
        <fieldset className={styles.set0}>
          <legend>{t('people.kind')}</legend>
          {(['left', 'suspended'] as const).map(
            (each) =>
              (each === 'left' ? retire : suspend) && (
                <label key={each} className={own.kind}>
                  <input type="radio" name="kind" checked={kind === each} onChange={() => setKind(each)} />
                  <span>
                    {t(`people.kinds.${each}`)}
                    <small>{t(`people.kindText.${each}`)}</small>
                  </span>
                </label>
              ),
          )}
        </fieldset>
      )}
      {leaving.isPending && <p className="muted">{t('people.reading')}</p>}
      {leaving.data !== undefined && !invited && (
        <>
          <Moving leaving={leaving.data} />
          <Successor leaving={leaving.data} chosen={heir} missing={insist && missing} onChoose={setHeir} />
        </>
      )}
      {problem !== '' && (
        <p className={styles.error} role="alert">
          {problem}
        </p>
      )}
      <div className={styles.acts}>
        <Button look="quiet" onClick={onClose}>
          {t('act.cancel')}
        </Button>
        <Button
          look="danger"
          busy={busy}
          disabled={leaving.data === undefined || kind === null}
          onClick={() => void go()}
        >
          {t(verbOf(kind, invited))}
        </Button>
      </div>
    </div>
  );
}

/** What will be handed on and what ends, in numbers. */
function Moving({ leaving }: { leaving: Leaving }) {
  const { t } = useTranslation();
  const moves = (['conversations', 'holds', 'drafts'] as const).filter((what) => leaving[what] > 0);
  const ends = (['sessions', 'tokens'] as const).filter((what) => leaving[what] > 0);
  const amount = (what: keyof typeof leaving & ('sessions' | (typeof moves)[number] | 'tokens')) =>
    t(what === 'sessions' ? 'people.devices' : 'people.pieces', { count: leaving[what] });
  return (
    <div className={own.moving}>
      <section>
        <h3>{t('people.moves')}</h3>
        {moves.length === 0 && <p className="muted">{t('people.movesNothing')}</p>}
        <dl>
          {moves.map((what) => (
            <div key={what}>
              <dt>{t(`people.${what}`)}</dt>
              <dd className="num">{amount(what)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h3>{t('people.ends')}</h3>
        {ends.length === 0 && <p className="muted">{t('people.endsNothing')}</p>}
        <dl>
          {ends.map((what) => (
            <div key={what}>
              <dt>{t(`people.${what}`)}</dt>
              <dd className="num">{amount(what)}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}

/** Nothing is decided for who may do both; an invitation is withdrawn in whichever way one may. */
function onlyKind({ retire, suspend, invited }: { retire: boolean; suspend: boolean; invited: boolean }) {
  if (retire && suspend && !invited) return null;
  return retire ? 'left' : 'suspended';
}

function verbOf(kind: Kind | null, invited: boolean) {
  if (invited) return 'people.withdraw';
  if (kind === null) return 'people.leave';
  return kind === 'left' ? 'people.retire' : 'people.suspend';
}

interface SuccessorProps {
  leaving: Leaving;
  chosen: Heir;
  /** Somebody pressed the red button without having chosen. */
  missing: boolean;
  onChoose: (heir: Heir) => void;
}

/** Somebody who takes over, the queue, or not chosen yet. */
type Heir = MemberId | 'queue' | '';

/** Whether something moves, and there is a choice of where. */
const asksForHeir = ({ conversations, holds, drafts, successorIds }: Leaving): boolean =>
  conversations + holds + drafts > 0 && successorIds.length > 0;

/** Who takes over, or the queue: one must say which. Without anybody fit, everything goes back to the queue. */
function Successor({ leaving, chosen, missing, onChoose }: SuccessorProps) {
  const { t } = useTranslation();
  const memberById = useMemberById();
  const able = leaving.successorIds.flatMap((id) => memberById(id) ?? []);
  if (leaving.conversations + leaving.holds + leaving.drafts === 0) return null;
  if (!asksForHeir(leaving)) return <p className="phrase muted">{t('people.noSuccessor')}</p>;
  const choices: { value: Heir; label: string }[] = [
    { value: '', label: t('people.chooseSuccessor') },
    ...able.map(({ id, name }) => ({ value: id, label: name })),
    { value: 'queue', label: t('people.queue') },
  ];
  return (
    <div>
      <ChoiceField
        label={t('people.successor')}
        value={chosen}
        choices={choices}
        {...(missing ? { error: t('people.successorMissing') } : {})}
        onChoose={onChoose}
      />
      <p className={styles.hint}>{t('people.successorText')}</p>
    </div>
  );
}

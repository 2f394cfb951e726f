import type { DraftFile } from '@madoguchi/contract';
import { API, leave, reach, readAnswer } from './client.ts';

/** Lays one file beside a draft. @throws RefusedError when it is too large, UnreachedError */
export async function uploadFile(file: File): Promise<DraftFile> {
  const form = new FormData();
  form.append('file', file, file.name);
  const answer = await reach(`${API}/uploads`, { method: 'POST', body: form });
  if (answer.status === 401) return leave(answer);
  // The server checks the answer against the contract before it leaves.
  return (await readAnswer(answer)) as DraftFile;
}

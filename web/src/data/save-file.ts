import { leave, reach, readAnswer } from './client.ts';

/** Fetches a file as the signed-in person and hands it to him. @throws RefusedError, UnreachedError */
export async function saveFile(address: string, name: string): Promise<void> {
  const answer = await reach(address, { method: 'GET' });
  if (answer.status === 401) return leave(answer);
  if (!answer.ok) return void (await readAnswer(answer));
  const kept = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = kept;
  link.download = name;
  link.click();
  URL.revokeObjectURL(kept);
}

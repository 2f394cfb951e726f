import { type Static, Type } from 'typebox';

/** Every answer of 400 and above. `code` is for programs, `message` for people, `facts` for the screen. */
export const Refusal = Type.Object({
  code: Type.String(),
  message: Type.String(),
  facts: Type.Unsafe<Record<string, unknown>>(Type.Object({}, { additionalProperties: true })),
  requestId: Type.String(),
});
export type Refusal = Static<typeof Refusal>;

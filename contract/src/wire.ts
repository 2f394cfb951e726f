import { type Static, type TSchema, Type } from 'typebox';
import type { Permission } from './permission.ts';

/** A moment as ISO 8601 text in UTC, with milliseconds: 2026-11-20T02:54:00.000Z. */
export const Moment = Type.String({ format: 'date-time' });
export type Moment = string;

export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const words = <T extends string>(list: readonly T[]) =>
  Type.Unsafe<T>(Type.String({ enum: [...list] }));

/** A page of a list; `next` goes into `cursor` of the next call, null at the end. */
export const listOf = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: orNull(Type.String()) });

export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
};

/** Characters of an address, and of the name beside it, at most. */
export const ADDRESS_LIMIT = 500;

/** An address as a person writes it, without the quotes that the wire may need; `name` may be empty. */
export const Address = Type.Object({
  name: Type.String({ maxLength: ADDRESS_LIMIT }),
  address: Type.String({ maxLength: ADDRESS_LIMIT }),
});
export type Address = Static<typeof Address>;

/** How many messages or saves something has had; the database counts no further. */
export const Count = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });

export const Nothing = Type.Object({});

/** What an answer is that is no JSON. */
export type Media = 'text/html' | 'text/csv' | 'application/octet-stream' | 'image/*';

/** One route, described once for the server (check, serialise, document) and the browser (types). */
export interface Route<
  Params extends TSchema = TSchema,
  Query extends TSchema = TSchema,
  Body extends TSchema = TSchema,
  Answer extends TSchema = TSchema,
> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below /api/v1, with :names. */
  path: string;
  summary: string;
  params: Params;
  query: Query;
  body: Body;
  answer: Answer;
  /** True where no sign-in is needed. */
  open: boolean;
  /** The permission that the asker's role must have, before the route looks at anything; null: none, or it depends. */
  needs: Permission | null;
  /** True where it answers also while a second factor is still to be set up. */
  beforeSecondFactor: boolean;
  /**
   * Whether it answers while the asker looks at the page as somebody else: what reads does, but for what is
   * that person's alone; what changes something does not.
   */
  inPreview: boolean;
  /** Null for JSON. */
  answerMedia: Media | null;
  /** True where the body is a form with a file (multipart/form-data). */
  takesFile: boolean;
}

interface RouteFacts<P extends TSchema, Q extends TSchema, B extends TSchema, A extends TSchema> {
  method: Route['method'];
  path: string;
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  answer?: A;
  open?: boolean;
  needs?: Permission;
  beforeSecondFactor?: boolean;
  inPreview?: boolean;
  answerMedia?: Media;
  takesFile?: boolean;
}

/** Fills what a route leaves out with the empty object. */
export function defineRoute<
  P extends TSchema = typeof Nothing,
  Q extends TSchema = typeof Nothing,
  B extends TSchema = typeof Nothing,
  A extends TSchema = typeof Nothing,
>(facts: RouteFacts<P, Q, B, A>): Route<P, Q, B, A> {
  return {
    method: facts.method,
    path: facts.path,
    summary: facts.summary,
    params: (facts.params ?? Nothing) as P,
    query: (facts.query ?? Nothing) as Q,
    body: (facts.body ?? Nothing) as B,
    answer: (facts.answer ?? Nothing) as A,
    open: facts.open ?? false,
    needs: facts.needs ?? null,
    beforeSecondFactor: facts.beforeSecondFactor ?? false,
    inPreview: facts.inPreview ?? facts.method === 'GET',
    answerMedia: facts.answerMedia ?? null,
    takesFile: facts.takesFile ?? false,
  };
}

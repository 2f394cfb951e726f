import { type Static, type TSchema, Type } from 'typebox';

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

/** An address as a person writes it, without the quotes that the wire may need; `name` may be empty. */
export const Address = Type.Object({
  name: Type.String({ maxLength: 500 }),
  address: Type.String({ maxLength: 500 }),
});
export type Address = Static<typeof Address>;

/** How many messages or saves something has had; the database counts no further. */
export const Count = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });

export const Nothing = Type.Object({});

/** What an answer is that is no JSON. */
export type Media = 'text/html' | 'application/octet-stream' | 'image/*';

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
    answerMedia: facts.answerMedia ?? null,
    takesFile: facts.takesFile ?? false,
  };
}

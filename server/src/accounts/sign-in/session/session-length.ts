/** Seconds. No session outlives it unused; the workspace's settings say how much sooner it ends. */
export const SESSION_LENGTH_S = 90 * 24 * 60 * 60;
/** Seconds: one in use is prolonged once in so long. */
export const SESSION_RENEWAL_S = 24 * 60 * 60;

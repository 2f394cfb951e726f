/**
 * notify: tells our own people something, by a letter of the house.
 *
 * In:     events that want somebody told (`invitation_wanted`, `sign_in_unusual`)
 * Out:    letters by the house's own way out; what became of them
 * Owns:   house_letter
 * Never:  keeps a secret that a letter carries, writes to a customer, or repeats a letter that may have left
 */
export { type NotifyNeeds, notifyJobs, notifyReaders, notifySweeps } from './jobs.ts';
export { notifyRoutes } from './routes.ts';

/**
 * search: finds what was said.
 *
 * In:     events of the feed; a query
 * Out:    conversations, with the words around the match
 * Owns:   search_document, which can be made anew from the feed at any time
 * Never:  shows what the asker may not see, or keeps anything that is not written elsewhere
 */
export { searchReaders } from './index-messages.ts';
export { searchRoutes } from './routes.ts';

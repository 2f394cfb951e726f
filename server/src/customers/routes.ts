import { getCustomerRoute } from '@madoguchi/contract';
import { actorOf } from '../accounts/index.ts';
import { type App, type Edge, route } from '../platform/index.ts';
import { getCustomer } from './get-customer.ts';

export function customersRoutes(app: App, { db }: Edge): void {
  route(app, getCustomerRoute, ({ params, request }) =>
    db.transaction((tx) => getCustomer(tx, actorOf(request), params.customerId)),
  );
}

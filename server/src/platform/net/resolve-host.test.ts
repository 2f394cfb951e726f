import { expect, test } from 'vitest';
import { type HostAddress, resolveHost } from './index.ts';
import { isInnerAddress } from './private-ranges.ts';

const leadsTo = (...addresses: string[]) => {
  return (): Promise<HostAddress[]> =>
    Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
};
const none = { privateHosts: [] };

test.each([
  '127.0.0.1',
  '127.8.8.8',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:a00:1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'fe80::1',
  'fd00::1',
])('%s lies inside and is refused', async (address) => {
  expect(isInnerAddress(address)).toBe(true);
  await expect(resolveHost(address, none)).rejects.toMatchObject({ code: 'platform.address_not_allowed' });
});

test.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
  '%s may be reached',
  async (address) => {
    expect((await resolveHost(address, none)).address).toBe(address);
  },
);

test('a name that leads inside is refused, whatever it is called', async () => {
  const look = leadsTo('192.168.0.9', '::1');

  await expect(resolveHost('mail.shop.example', none, look)).rejects.toMatchObject({
    code: 'platform.address_not_allowed',
  });
});

test('of a name with a public and a private address the public one is taken', async () => {
  const found = await resolveHost('mail.shop.example', none, leadsTo('10.0.0.1', '8.8.4.4'));

  expect(found).toEqual({ address: '8.8.4.4', family: 4 });
});

test('a private host is reached by its name, its address or its range, when the settings say so', async () => {
  const look = leadsTo('10.2.3.4');

  for (const entry of ['mail.lan', 'MAIL.LAN', '10.2.3.4', '10.0.0.0/8']) {
    expect((await resolveHost('mail.lan', { privateHosts: [entry] }, look)).address).toBe('10.2.3.4');
  }
  await expect(
    resolveHost('mail.lan', { privateHosts: ['10.9.0.0/16', 'other.lan'] }, look),
  ).rejects.toThrow();
});

test('a name that nobody knows is told as such', async () => {
  await expect(resolveHost('nowhere.invalid', none)).rejects.toMatchObject({
    code: 'platform.host_not_found',
  });
});

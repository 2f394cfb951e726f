import { expect, test } from 'vitest';
import { ConfigError, describeSettings, readConfig } from './index.ts';

test('without settings the house listens on this machine alone', () => {
  const config = readConfig({});
  expect(config).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    url: 'http://localhost:3000',
    databaseUrl: null,
  });
});

test('all faults are told together, and a value, which may be a secret, is told of none', () => {
  const wrong = {
    MADOGUCHI_PORT: 'abc',
    DATABASE_URL: 'mysql://user:geheim@db',
    MADOGUCHI_ROLES: 'web,king',
  };
  const fault = catchConfig(wrong);
  expect(fault).toContain('MADOGUCHI_PORT');
  expect(fault).toContain('DATABASE_URL');
  expect(fault).toContain('MADOGUCHI_ROLES');
  expect(fault).not.toContain('geheim');
});

test('a setting that does not exist is refused: a typing mistake would otherwise be silent', () => {
  expect(catchConfig({ MADOGUCHI_PROT: '3000' })).toContain('MADOGUCHI_PROT');
});

test('the demo keeps its own folder', () => {
  expect(readConfig({}, true).dataFolder).toMatch(/demo-data$/);
});

test('the example names every setting', () => {
  expect(describeSettings()).toContain('MADOGUCHI_TRUST_PROXY=false');
});

function catchConfig(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return String(error);
  }
  throw new Error('these settings should have been refused');
}

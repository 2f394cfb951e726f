import type { Chance } from './chance.ts';
import { PLAYED } from './company.ts';
import type { Customer } from './story.ts';
import {
  CARRIER_DOMAIN,
  COMPANIES,
  DEPARTMENTS,
  ENGLISH_NAMES,
  FAMILY_NAMES,
  GIVEN_NAMES,
  PRIVATE_DOMAINS,
} from './words/names.ts';

/** Everyone who writes to the shop, by what they write about. */
export interface Cast {
  private: Customer[];
  companies: Customer[];
  english: Customer[];
}

const PRIVATE = 110;
const COMPANY_PEOPLE = 24;
const ENGLISH = 30;

/** Invents the customers. Those that a newcomer can play stand first. */
export function castOf(chance: Chance): Cast {
  const played = PLAYED.map(({ name, address, language }): Customer => {
    const company = name.includes('株式会社') ? (name.split(' ')[0] ?? name) : null;
    return { name, address, language, company, program: 'web' };
  });
  return {
    private: uniqueByAddress([
      ...played.filter(({ language, company }) => language === 'ja' && company === null),
      ...many(PRIVATE, () => privateCustomer(chance)),
    ]),
    companies: uniqueByAddress([
      ...played.filter(({ company }) => company !== null),
      ...many(COMPANY_PEOPLE, () => companyCustomer(chance)),
    ]),
    english: uniqueByAddress([
      ...played.filter(({ language }) => language === 'en'),
      ...many(ENGLISH, () => englishCustomer(chance)),
    ]),
  };
}

const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

const uniqueByAddress = (customers: Customer[]): Customer[] =>
  [...new Map(customers.toReversed().map((one) => [one.address, one])).values()].toReversed();

function privateCustomer(chance: Chance): Customer {
  const [family, familyRoman] = chance.pick(FAMILY_NAMES);
  const [given, givenRoman] = chance.pick(GIVEN_NAMES);
  const program = chance.pick(['desktop', 'web', 'web', 'phone', 'phone', 'carrier'] as const);
  const address =
    program === 'carrier'
      ? `${givenRoman}${chance.pick(['..', '-', '.', '_'])}${familyRoman}${chance.pick(['.', '', '..love', '0909'])}@${CARRIER_DOMAIN}`
      : `${chance.pick([`${givenRoman}.${familyRoman}`, `${familyRoman}-${givenRoman}`, `${familyRoman}${chance.between(70, 99)}`])}@${chance.pick(PRIVATE_DOMAINS)}`;
  // Some programs send no name at all, or a romanised one.
  const name = chance.happens(0.85) ? `${family} ${given}` : `${capital(givenRoman)} ${capital(familyRoman)}`;
  return { name, address, language: 'ja', company: null, program };
}

function companyCustomer(chance: Chance): Customer {
  const [company, domain] = chance.pick(COMPANIES);
  const [family, familyRoman] = chance.pick(FAMILY_NAMES);
  return {
    name: `${company} ${chance.happens(0.6) ? `${chance.pick(DEPARTMENTS)} ` : ''}${family}`,
    address: `${familyRoman}@${domain}`,
    language: 'ja',
    company,
    program: chance.pick(['desktop', 'desktop', 'web'] as const),
  };
}

function englishCustomer(chance: Chance): Customer {
  const [given] = chance.pick(ENGLISH_NAMES);
  const [, family] = chance.pick(ENGLISH_NAMES);
  const local = `${given}.${family}`.toLowerCase().replaceAll(' ', '');
  return {
    name: `${given} ${family}`,
    address: `${local}@${chance.pick(PRIVATE_DOMAINS)}`,
    language: 'en',
    company: null,
    program: chance.pick(['web', 'phone', 'desktop'] as const),
  };
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isPlainlyEnglish } from '../../../src/protocol/text/english.ts';
import { postRow } from '../../../src/protocol/sample-form.ts';

describe('whether a text is plainly English', () => {
  test.each([
    'The road is closed until Thursday. Please use the A565.',
    'Our library opens at 9am. There is tea, and a story for the children.',
    "2/4 If you don't have water, call us: we bring bottles to everybody who can't fetch them.",
    'Siân and Zoë of our café in Crosby are here until 4pm. https://www.sefton.gov.uk/café #Crosby',
  ])('it is: %s', (text) => {
    expect(isPlainlyEnglish(text)).toBe(true);
  });

  test.each([
    'Mae Ffordd Lerpwl ar gau yn Crosby tan ddydd Iau. Defnyddiwch yr A565.',
    "Mae'r llyfrgell yn agor am 9 o'r gloch a bydd te a choffi i bawb.",
    'Droga Liverpool Road jest zamknięta do czwartku. Prosimy korzystać z A565.',
    'To jest wazne: w czwartek nie ma odbioru smieci. Do zobaczenia w piatek.',
    'Strada este inchisa pana joi. Cine are nevoie de ajutor are dreptul la informatii.',
    'الطريق مغلق حتى الخميس',
    'Дорога закрита до четверга.',
    '请使用A565公路。',
    'Die Strasse ist in der Nacht gesperrt, also bitte die A565 nehmen. Was ist mit den Bussen?',
    'De weg is tot donderdag dicht. We zijn er over een week weer. Neem de bus of de trein.',
    "La route est fermée jusqu'à jeudi. On a tout fait pour vous.",
    'La carretera está cerrada hasta el jueves. No hay buses.',
    'A estrada está fechada até quinta. Use a A565, por favor.',
    'Kelias uždarytas iki ketvirtadienio. Ar yra autobusų?',
    'Az út csütörtökig le van zárva. Ne menjen be a városba.',
    'Vejen er lukket til torsdag. Vi har en have i byen.',
    'Tá an bóthar dúnta go dtí Déardaoin. Is é sin an scéal.',
  ])('it is not: %s', (text) => {
    expect(isPlainlyEnglish(text)).toBe(false);
  });

  test.each([
    "Mae'r ffordd ar gau tan ddydd Iau.\nThe road is closed until Thursday. Please use the A565.",
    'The road is closed. Droga jest zamknięta.',
    'Croeso i bawb! The road is closed until Thursday.',
    'The road is closed until Thursday. الطريق مغلق',
  ])('a text in two languages is not: %s', (text) => {
    expect(isPlainlyEnglish(text)).toBe(false);
  });

  test.each(['', '🎄', 'Gritting.', 'Crosby, Bootle, Southport', '#SeftonCoast https://www.sefton.gov.uk'])(
    'of a few words nobody can tell: "%s"',
    (text) => {
      expect(isPlainlyEnglish(text)).toBe(false);
    },
  );

  test('it is so of most of what a council posts', () => {
    const posts = readFileSync(new URL('../../fixtures/posts.dev.jsonl', import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => postRow.parse(JSON.parse(line)).text);
    expect(posts.filter(isPlainlyEnglish).length / posts.length).toBeGreaterThan(0.75);
  });
});

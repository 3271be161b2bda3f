import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { languageOf } from '../../../src/protocol/text/language.ts';
import { postRow } from '../../../src/protocol/sample-form.ts';

test.each([
  ['en', 'The road is closed until Thursday. Please use the A565.'],
  ['en', 'Our library opens at 9am. There is tea, and a story for the children.'],
  ['en', "2/4 If you don't have water, call us: we bring bottles to everybody who can't fetch them."],
  ['en', 'Siân and Zoë of our café in Crosby are here until 4pm. https://www.sefton.gov.uk/café #Crosby'],
  ['en', 'Ŵyn ap Siôn and Paweł Łączak are on the bus to Ynys Môn, so please wait for them.'],
  ['cy', 'Mae Ffordd Lerpwl ar gau yn Crosby tan ddydd Iau. Defnyddiwch yr A565.'],
  ['cy', "Mae'r llyfrgell yn agor am 9 o'r gloch a bydd te a choffi i bawb."],
  ['cy', 'Bydd y ffordd ar gau heno. Nid oes bysiau rhwng Bootle a Crosby.'],
  ['pl', 'Droga Liverpool Road jest zamknięta do czwartku. Prosimy korzystać z A565.'],
  ['pl', 'Biblioteka będzie otwarta od 9 rano. Zapraszamy dzieci oraz rodziców na herbatę.'],
  ['ar', 'الطريق مغلق في Moor Lane حتى الخميس. يرجى استخدام طريق A565 بدلاً من ذلك.'],
  ['ur', 'سڑک جمعرات تک بند ہے۔ براہ کرم A565 استعمال کریں۔'],
  ['fa', 'جاده تا پنجشنبه بسته است. لطفاً از جاده دیگری استفاده کنید.'],
  ['he', 'הכביש סגור עד יום חמישי. נא להשתמש בכביש A565.'],
  ['yi', 'דער וועג איז פארמאכט ביז דאנערשטיק.'],
  ['uk', 'Дорога закрита до четверга. Будь ласка, їдьте A565, її відкрито.'],
  ['ru', 'Дорога закрыта до четверга. Пожалуйста, объезжайте её.'],
  ['zh', '请使用A565公路。'],
  ['ja', '道路は木曜日まで閉鎖されています。'],
  ['ko', '도로는 목요일까지 폐쇄됩니다.'],
  ['pa', 'ਸੜਕ ਵੀਰਵਾਰ ਤੱਕ ਬੰਦ ਹੈ।'],
  ['el', 'Ο δρόμος είναι κλειστός μέχρι την Πέμπτη.'],
])('%s: %s', (language, text) => {
  expect(languageOf(text)).toBe(language);
});

test.each([
  // Another script than the Latin one, and nobody can be sure whose.
  ['', 'Дорога закрита до четверга.'],
  ['', 'रास्ता बंद है।'],
  ['', 'پێویستە ئەم ڕێگایە بەکار بهێنن.'],
  // Languages that are not known here.
  [undefined, 'Strada este inchisa pana joi. Cine are nevoie de ajutor are dreptul la informatii.'],
  [undefined, 'Die Strasse ist in der Nacht gesperrt, also bitte die A565 nehmen. Was ist mit den Bussen?'],
  [undefined, 'De weg is tot donderdag dicht. We zijn er over een week weer. Neem de bus of de trein.'],
  [undefined, "La route est fermée jusqu'à jeudi. On a tout fait pour vous."],
  [undefined, 'La carretera está cerrada hasta el jueves. No hay buses.'],
  [undefined, 'Silnice je do čtvrtka uzavřena. Prosím, jeďte po A565, na které není provoz.'],
  [undefined, 'Cesta je do štvrtka uzavretá. Prosíme, choďte po A565, nie po starej ceste.'],
  [undefined, 'Cesta je zatvorena do četvrtka. Molimo, koristite A565 i ne idite na staru cestu.'],
  // Written without its own letters.
  [undefined, 'To jest wazne: w czwartek nie ma odbioru smieci. Do zobaczenia w piatek.'],
  // Two of them.
  [undefined, "Mae'r ffordd ar gau tan ddydd Iau.\nThe road is closed until Thursday. Please use the A565."],
  [undefined, 'The road is closed. Droga jest zamknięta.'],
  [undefined, 'Croeso i bawb! The road is closed until Thursday.'],
  [undefined, 'The road is closed until Thursday. الطريق مغلق'],
  // Of a few words nobody can tell.
  [undefined, ''],
  [undefined, '🎄'],
  [undefined, 'Gritting.'],
  [undefined, 'Crosby, Bootle, Southport'],
  [undefined, 'Ynys Môn a Llŷn'],
  [undefined, 'Łódź'],
  [undefined, '#SeftonCoast https://www.sefton.gov.uk'],
])('%s, not another language: %s', (language, text) => {
  expect(languageOf(text)).toBe(language);
});

test('of what a council posts, most is plainly English, and nothing is taken for another language of Latin letters', () => {
  const folder = new URL('../../fixtures/', import.meta.url);
  const files = readdirSync(folder).filter((name) => /^posts\..*jsonl$/u.test(name));
  const languages = files.flatMap((name) =>
    readFileSync(new URL(name, folder), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const { text } = postRow.parse(JSON.parse(line));
        return { text, language: languageOf(text) };
      }),
  );
  expect(languages.filter(({ language }) => language === 'cy' || language === 'pl')).toEqual([]);
  expect(languages.filter(({ language }) => language === 'en').length / languages.length).toBeGreaterThan(
    0.75,
  );
});

import { expect, test } from 'vitest';
import { openSite } from './site.ts';

const english = 'The road is closed until Thursday. Please use the A565.';
const arabic = 'الطريق مغلق حتى الخميس. يرجى استخدام طريق A565 بدلاً من ذلك.';
const welsh = 'Mae Ffordd Lerpwl ar gau yn Crosby tan ddydd Iau. Defnyddiwch yr A565.';
const kurdish = 'پێویستە ئەم ڕێگایە بەکار بهێنن.';

test('words in another language say which, wherever people read them; what is English says nothing', async () => {
  await using site = await openSite();
  await site.publish(142, {
    headline: 'الطريق مغلق حتى الخميس',
    summary: 'Nid oes bysiau rhwng Bootle a Crosby heno.',
    text: [english, arabic, `${welsh}\n${welsh}`, kurdish].join('\n\n'),
  });
  const read = async (path: string): Promise<string> => await (await site.get(path)).text();
  const page = await read('/news/142');
  const languages = [...page.matchAll(/<(h1|p)[^>]* dir="auto"( lang="[^"]*")?>/gu)].map(
    ([, tag, language = '']) => `${tag ?? ''}${language}`,
  );
  expect(languages).toEqual(['h1 lang="ar"', 'p lang="cy"', 'p', 'p lang="ar"', 'p lang="cy"', 'p lang=""']);
  const list = await read('/news');
  expect(list).toMatch(/<a [^>]*href="\/news\/142" dir="auto" lang="ar">الطريق/u);
  expect(list).toContain('<p class="crier-list__summary" dir="auto" lang="cy">Nid oes');
  for (const feed of ['/news/rss.xml', '/news/atom.xml'])
    expect(await read(feed)).toContain('&lt;p dir=&quot;auto&quot; lang=&quot;ar&quot;&gt;الطريق');
});

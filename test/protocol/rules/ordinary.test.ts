import { describe, expect, test } from 'vitest';
import { findings } from '../../../src/protocol/findings.ts';
import { ordinarily } from '../../../src/protocol/rule.ts';
import { fixtureProtocol } from '../fixture-registers.ts';

/** The rules that judge a wording, which find something in it. */
function judged(text: string): readonly string[] {
  const draft = {
    texts: [{ account: 'facebook', network: 'facebook' as const, text }],
    media: [],
    occasion: ordinarily,
  };
  const all = findings(draft, fixtureProtocol).map(({ rule }) => rule);
  return [...new Set(all)].filter((rule) => /^(?:MOD|POL|WORDS)/.test(rule));
}

describe('benefits, services and things are nobody who could be accused', () => {
  test.each([
    'Call in at Bootle Library for help with your Universal Credit claim.',
    'Ask us about your Pension Credit claim.',
    'Are you missing out on Pension Credit? Make a claim.',
    'Attendance Allowance claim forms are at the library.',
    'Help with Disability Living Allowance claims.',
    'Fraud costs us all. Check that your Single Person Discount is right.',
    "Ask our team about a Carer's Allowance claim. We fill in the forms with you.",
    'Old phones go in the charity bin at the tip.',
    'Foreign coins go in the charity bin at the tip.',
    'Tins and jars go in the charity box by the till at the market.',
    'We said that Churchtown Primary is shut. It is not.',
    'We said that Kew Juniors had lost its roof. It has not. Sorry.',
    'We left out Zebedee.',
    "Marine Drive's closure: what you need to know",
    "Moor Lane's closure",
    "Victoria Park's closure for works",
  ])('%s', (text) => {
    expect(judged(text)).toEqual([]);
  });

  test.each([
    'Gaynor Tuffnell made a false claim for Pension Credit.',
    'Neighbours say that Colin Rusk cheats on his Universal Credit.',
    'The charity on Cobden Street keeps the cash from its bins.',
    'We said that Wes Chadderton stole our van. He did.',
  ])('but somebody is in: %s', (text) => {
    expect(judged(text)).toEqual(['MOD-4']);
  });
});

describe('where readers are sent to look for what they miss, somebody has it', () => {
  test.each([
    'Is your parcel lost? Try Kayleigh Mottershead at 40 Elm Drive.',
    "Missing a bike? Knock at Curtis Pardew's, 9 Ash Grove.",
    "Lead off your roof? Look in Barry Snape's van.",
    "Grant Pickersgill has a shed full of tools that aren't his.",
    'Leonard Cutt sold a car that was not his to sell.',
  ])('%s', (text) => {
    expect(judged(text)).toEqual(['MOD-4']);
  });

  test.each([
    'Lost a glove? Ask Sheila Marsh at Crosby Library.',
    'Bin gone missing? Tell Rupert Vane in our team and he will bring a new one.',
    'Aled Finch, 8, handed in a purse that was not his. The owner was thrilled.',
    'The idea was not his, says Alan Croft. It came from his mum.',
    'If your landlord leaves you without heat in winter, tell us.',
    'When your builder asks for cash in advance, stop and think.',
    'Nellie Purdom represents our tenants on the housing board.',
  ])('but not: %s', (text) => {
    expect(judged(text)).toEqual([]);
  });
});

describe('a party is known by its deeds', () => {
  test.each([
    "Labour's cuts closed this library.",
    'Labour cuts closed this library.',
    'Conservative cuts closed this library.',
    "Reform's promises cost more than your bins.",
    'Labour saved your library.',
    'Conservatives sold our land for a song.',
  ])('%s', (text) => {
    expect(judged(text)).toEqual(['POL-2']);
  });

  test.each([
    'Labour costs went up by a third, so the pier will take until May.',
    'Conservative estimates are that it will last a week.',
    'Reform spending rules for schools start in May.',
    'Green cuts of hedge go in the brown bin.',
    "Love's Labour's Lost is in the park on Saturday.",
    'Postal vote packs are on their way. Fill them in and post them back as soon as you can.',
  ])('but not: %s', (text) => {
    expect(judged(text)).toEqual([]);
  });
});

describe('what names a thing as well offends only where somebody is called so', () => {
  test.each([
    'Fill in the forms and send them back to us by Friday.',
    'Send them back by post.',
    'Check your forms and send them back by 12 May',
    "Put old bags for life in the store's own bin",
    'Old bags and boxes can go in your brown sack',
    'Old bat surveys are no longer valid for planning',
    'The old cow shed is now a cafe',
    'We prick out seedlings at the allotment on Monday.',
    'We found a bitch with four pups on the marsh.',
    'A sod was turned today',
    'Free sods of turf',
    'How to drop-kick: a free rugby day.',
    'Diary of a Wimpy Kid',
    'Clean the crud out of your gutters',
    'Add a lump of lard',
    'Come and see knights and peasants',
    "Hogarth's A Harlot's Progress",
    'Rare birds: vagrants at Marshside.',
    'One foot in the grave is at the theatre on Monday.',
    'The nob of the railing is loose.',
    'Lost library books turn up under beds every year. Just send them back, no questions asked.',
    'If your child feels sick at school we will send them home and ring you first.',
    'Bring an old bat and a ball: beach cricket starts at 2pm.',
    'Brass knobs and hinges are for sale at our reuse shop.',
    'The ice on the lake is not thick enough to walk on. Keep off.',
    'There are rats in the alley behind Knowsley Road. Our pest team comes on Tuesday.',
    'Turning the first sod at the new school took place in the rain today.',
    'We have shut up the beach huts for the winter.',
    'Alice Nutter and the witches of Pendle: a talk at Crosby Library.',
    'Leeks as thick as your wrist won first prize.',
    'Brambles on the path are too thick to walk through.',
    'Is your loft lining thick enough to keep heat in?',
    'Our seal pups are as thick as thieves.',
    'The ice is not as thick as you think. Our crews know.',
    'The quiz asks which village names are real: Bell End, Twatt or Cock Bridge.',
  ])('%s', (text) => {
    expect(judged(text)).toEqual([]);
  });

  test.each([
    'Another boat of migrants has landed. Send them back.',
    'Send them back where they came from.',
    'The old bag next door to the depot has moaned again.',
    'Ignore her, she is just an old bat.',
    "Some prick has keyed the mayor's car.",
    'Whoever let the tyres down is a prick.',
    'Which nob left the gate open?',
    'The sods have done it again: six bins burnt in Bootle.',
    'Pick up after your dog, you bitch.',
    "Life's a bitch, and then the bus is late.",
    'Get off that couch, you lump of lard.',
    'We have cleared the vagrants from the bandstand.',
    'Let the peasants eat cake.',
    'You lot are too thick to use a bin.',
    'Residents too thick to sort a bin will be fined.',
    'The man on the phone was as thick as a rope.',
    'Some drivers, as thick as planks, still try the ford.',
    'Our bin crews are not as thick as you think.',
    'Some Bell End has nicked the sign again.',
    'Just shut up, will you?',
    'Sod the rain, come to the fair.',
  ])('but somebody is in: %s', (text) => {
    expect(judged(text)).toContain('WORDS');
  });
});

describe('a word in the title of a work, in the name of a plant or on a plinth is no insult and accuses nobody', () => {
  test.each([
    'Our reading group has picked The Idiot for March.',
    'On stage on Friday: A Confederacy of Dunces.',
    'The Village Idiot, a play by our over-60s, is at the hub on Friday.',
    'Bastard balm is in flower on the dunes.',
    'Our new stall is called Hobo Kitchen.',
    'Idiot-proof is what the maker calls our new bin lid.',
    'We need more women drivers on our gritters. See our jobs page.',
    'Silent film night: The Hunchback of Notre Dame, with live organ.',
    'Winston Churchill on his plinth has had a wash.',
  ])('%s', (text) => {
    expect(judged(text)).toEqual([]);
  });

  test.each([
    'Only an idiot would miss our film night.',
    'You Utter Idiot, who left The Gate open? Our play is off.',
    'Whoever put a mattress in the pond is a bastard.',
    'Parking on the zig-zags is a dick move.',
    'Men, stop crying like a bunch of girls.',
    'This form is so simple that even your wife could fill it in.',
    'Old folk clog up our buses again.',
  ])('but somebody is demeaned in: %s', (text) => {
    expect(judged(text)).toContain('WORDS');
  });
});

describe('an answer that names who did harm accuses, and so does what is held against whoever is spoken to', () => {
  test.each([
    'Why are the lights off in the park? Because Lewis Farrant cut the wires, that is why.',
    "Where did the raffle money go? On Brenda Fyfe's week in Spain.",
    'What happened to the hedge? Mrs Lomax happened to it.',
    'Who do we have to thank for the rats? Robbie Kane.',
    'Thanks to Bobby Rusk the whole street has rats.',
    'To Dean Halloway, who has a blue badge and plays five-a-side each week: we can see you.',
    'You know who you are, Sticky Steve of Seaforth. Bring back our lamps.',
  ])('%s', (text) => {
    expect(judged(text)).toEqual(['MOD-4']);
  });

  test.each([
    'Why are the lights off? Because Lewis Farrant and our crew cut the power to mend them.',
    'Why the cheers on Lord Street? Because Lewis Farrant has won the half marathon.',
    'Who broke the club record? Lewis Farrant, by two seconds.',
    'Who do we have to thank for the new path? Dave Roper and 20 volunteers.',
    'To Dean Halloway, who has a blue badge and still leads our walks: thank you.',
    "A car hit the wall of Jo Park's shop last night. Nobody was hurt.",
  ])('but nobody is in: %s', (text) => {
    expect(judged(text)).toEqual([]);
  });
});

describe('councillors around somebody make nobody a councillor', () => {
  test.each([
    'Councillors met Ola Brand, who has raised £9,000 for the hospice. Well done, Ola!',
    '"The kids asked me harder things than full council does," joked Iggy Bellwether.',
  ])('%s', (text) => {
    expect(judged(text)).toEqual([]);
  });

  test('one of them is praised', () => {
    expect(judged('Of all our councillors none works harder than Fenella Sharp.')).toEqual(['POL-8']);
  });
});

describe('where somebody is from names nobody', () => {
  test.each([
    'A Litherland man was fined £400 for leaving a sofa on the towpath.',
    'Magistrates fined an Ince Blundell farmer £2,000 for burning tyres.',
    'Three Marshside brothers stole lead from the church and were jailed.',
    'A Litherland takeaway was fined £3,000 for mice in its kitchen.',
  ])('%s', (text) => {
    expect(judged(text)).toEqual([]);
  });

  test.each([
    'A Litherland man, Keith Dobbs, was fined £400 for dumping a sofa.',
    'A Munchwell driver dumped three bags of fat behind the shops.',
    'The Kwikfix man took £900 from a widow and never came back.',
    'A Munchwell takeaway was fined £3,000 for mice in its kitchen.',
  ])('but somebody is in: %s', (text) => {
    expect(judged(text)).toEqual(['MOD-4']);
  });
});

describe('a metro mayor or an MP is no councillor who could be promoted', () => {
  test.each([
    'The Metro Mayor fought hard for our station lift.',
    'Our local MP, Everard Tolliver, is a true hero of the pier.',
    'New trains, thanks to the mayor of the city region.',
  ])('%s', (text) => {
    expect(judged(text)).toEqual([]);
  });

  test.each([
    'The Mayor of Sefton has worked day and night for our hospice. What a star.',
    'Nobody fights for our buses like Barnabas Quillfeather. Even the Metro Mayor listens to him.',
  ])('but one is in: %s', (text) => {
    expect(judged(text)).toEqual(['POL-8']);
  });
});

describe('who somebody works for names the firm', () => {
  test.each([
    'A Hull driver dumped three bags of fat behind the shops.',
    'A Polish driver broke the ice on the pond to save a dog.',
    "No, Kevin, the tip isn't racist. It's shut.",
    'The Green Party Frock Shop has moved to Mill Lane.',
    'Care home Oakdene Court holds its fair on Sunday.',
    'Builder Gary Leach made the bench for our garden.',
  ])('%s', (text) => {
    expect(judged(text)).toEqual([]);
  });

  test.each([
    'Two Parcelrun couriers dumped forty boxes in the canal.',
    'Care home Oakdene Court left a man of 91 on the floor all night.',
    'Developer Marlow Vance dug up a badger sett and lied about it.',
  ])('but somebody is in: %s', (text) => {
    expect(judged(text)).toEqual(['MOD-4']);
  });
});

test('an address is of a resident, of the past or of a public building', () => {
  const rules = (text: string): readonly string[] => {
    const texts = [{ account: 'facebook', network: 'facebook' as const, text }];
    return findings({ texts, media: [], occasion: ordinarily }, fixtureProtocol).map(({ rule }) => rule);
  };
  expect(rules('The crew will be with you at 41 Beckside, Skipton, on Tuesday.')).toEqual(['DAT-5']);
  expect(rules('She has lived at 9 Westgarth all her life.')).toEqual(['DAT-5']);
  expect(rules('Our library at 12 Kirkgate, Otley, is open.')).toEqual([]);
  expect(rules("Mass is at St Oswald's, 1 Church Row, at 11am.")).toEqual([]);
  expect(rules('Eggs for sale at 16 The Ridings after school.')).toEqual(['DAT-5']);
  expect(rules('Doors open at 7. The Beatles tribute is on at 8.')).toEqual([]);
  expect(rules('In 1881 a family of nine lived at 14 Mill Street.')).toEqual([]);
  expect(rules('Mr Dent, born in 1921, lives at 14 Mill Street.')).toEqual(['DAT-5']);
  expect(rules('Ainsdale House at 14 Mill Street is open to callers.')).toEqual([]);
  expect(rules('The house at 14 Mill Street burnt down.')).toEqual(['DAT-5']);
  // how old a house is says nothing of who lives in it
  expect(rules('Smoke filled a 1920s semi at 14 Mill Street.')).toEqual(['DAT-5']);
  expect(rules('The house at 14 Mill Street, built in 1890, burnt down.')).toEqual(['DAT-5']);
  expect(rules('In 1911 this house at 14 Mill Street had a shop.')).toEqual(['DAT-5']);
  expect(rules('Coaches leave at 9 for Ramsgate and at 10 for Harrogate, Margate and Deal.')).toEqual([]);
});

describe('what somebody is called, or did, in so many words', () => {
  test.each([
    'Derek Oakham is a thief.',
    'Kestrel Skips are thieves.',
    'The library opens at 9am. Lorna Pickthall is a fraud.',
    'Moor Lane is closed until further notice. Zebediah Quartermaine is a crook.',
    'Swim free on Monday. Sam Jones, our neighbour, is simply a petty criminal.',
    'Stay off the ice. Jo Bloggs is a bully.',
    'Book now. Jo Bloggs is a thief and a liar, and our pool is warm.',
    'Bins move to Friday. Jodie Cragg stole the lead from the church roof.',
    'Swim free on Monday. The fire was started on purpose by Callum Strake.',
  ])('accuses, whatever stands around it: %s', (text) => {
    expect(judged(text)).toEqual(['MOD-4']);
  });

  test.each([
    'In the play, Derek Oakham is a thief who falls in love. Book your seat.',
    'Meet the cast: Sam Jones is the thief, Lorna Pickthall the queen.',
    'Lorna Pickthall is a crook-maker: see her carve shepherds’ sticks on Sunday.',
    'Jo Bloggs is a volunteer. Help him find the dog thief.',
    'Tom Ashby is a criminal lawyer and gives free advice at Bootle Library.',
    'Sam Jones is a fraud prevention adviser. Call in for tea.',
    'Jodie Cragg stole the lead from the favourite in the last lap.',
  ])('accuses nobody: %s', (text) => {
    expect(judged(text)).toEqual([]);
  });
});

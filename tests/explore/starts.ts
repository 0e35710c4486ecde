/** Where exploring begins: each is near to other things that may go wrong. Names are those of walk.ts. */
export const STARTS: Readonly<Record<string, readonly string[]>> = {
  'a visit has joined': [],
  'both talk': ['talking'],
  'both talk in the second epoch, at another computer': ['talking', 'the counsellor goes to A2', 'talking'],
  'both reload': ['talking', 'the counsellor reloads', 'the visitor reloads'],
  'the visitor reloads with a key that is not confirmed': ['sealed', 'the visitor reloads', 'slow: visitor'],
  'somebody else has come': ['talking', 'the counsellor is gone', 'B1 accepts', 'asking'],
  'somebody else talks': ['talking', 'the counsellor is gone', 'B1 accepts', 'asking', 'talking'],
  "the visitor's share is lost": ['talking', "the visitor's share is lost", 'the visitor reloads'],
  'a store that went back hands a number out again': [
    ...['talking', "the visitor's share is lost", 'the visitor reloads'],
    ...['the console ends keep 2', 'a replica without the last epoch takes over'],
  ],
  'a console cannot write': ["the console's disk refuses"],
};

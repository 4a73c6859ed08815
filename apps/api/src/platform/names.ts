import { randomBytes, randomInt } from 'node:crypto';

const ADJECTIVES =
  'able bold brave bright calm clever cosmic crisp daring deft eager fair fleet fond gentle glad grand happy keen kind lively lucky merry mighty neat nimble noble plucky proud quick quiet rapid ready sharp shiny smart snug solid spry steady stout sunny swift tidy vivid warm wise witty zesty'.split(
    ' ',
  );
const ANIMALS =
  'ant badger bat bear beaver bee bison bobcat camel cat crab crane crow deer dingo dove eagle eel elk falcon ferret finch fox frog gecko goat goose hare hawk heron ibex jay koala lark lemur lynx magpie mole moose newt otter owl panda puffin quail raven robin seal shrew sloth stoat swan tern tiger toad trout viper vole walrus wolf wren yak'.split(
    ' ',
  );

/** Two words that people can say to each other. */
export const friendlyName = (): string => `${ADJECTIVES[randomInt(ADJECTIVES.length)]}-${ANIMALS[randomInt(ANIMALS.length)]}`;

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** 80 bits without look-alikes. */
export const clusterId = (): string => [...randomBytes(16)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');

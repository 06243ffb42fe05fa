import type { TradeOff } from '../../trade-off.ts';

/** EDGE-01 to EDGE-06. */
export const devices: Readonly<Record<string, TradeOff>> = {
  'EDGE-01': {
    scenario: 'A version that fails at the start goes to every camera in one night, and technicians travel for three weeks.',
    minimal: 'Run the next version on ten devices of your own for three days before anybody else gets it.',
    gains: ['safe releases', 'recoverability'],
    pays: 'Room for two versions on each device, and a service with signing keys to run for years.',
    reversible: 'with work',
    undo: 'Stop offering versions; devices keep what they have, faults included.',
    revisit: 'More than one device in a thousand does not come back, or a tenth lag by two versions.',
  },
  'EDGE-02': {
    scenario: 'A larger model runs well on the phones of its makers, cheap ones end the app at its start, and ratings fall that day.',
    minimal: 'Run the present model on the cheapest device that users have, and note its memory and time.',
    gains: ['device coverage', 'performance'],
    pays: 'Small models answer worse, most of all on rare cases, and each format has to be judged anew.',
    reversible: 'with work',
    undo: 'Ship the larger model to devices that can hold it, which makes two to maintain.',
    revisit: 'It takes more than 80 % of the weakest device’s memory, or a new sort of device is sold.',
  },
  'EDGE-03': {
    scenario: 'The microphone of one brand cuts high tones, speech is misheard there for a year, and buyers return what they bought.',
    minimal: 'Add version, type of device and a count of failures to the crash reports that exist.',
    gains: ['early detection', 'observability'],
    pays: 'Some traffic and battery, consent in many places, and figures too coarse for a single case.',
    reversible: 'easily',
    undo: 'Turn the reports off by a remote setting; devices that are seldom online follow later.',
    revisit: 'Fewer than 5 % of devices report, or a type of device is too rare to be told from noise.',
  },
  'EDGE-04': {
    scenario: 'A till asks the cloud about each item, the line is cut at noon, and the customers wait before a turning wheel.',
    minimal: 'Give each call a limit of two seconds, and a message that says what to do.',
    gains: ['availability', 'user experience'],
    pays: 'A second behaviour to build and to test, and values that grow old on the device unseen.',
    reversible: 'easily',
    undo: 'Let the call wait and fail again, screen by screen.',
    revisit: 'More than 1 % of sessions have no network, or values kept on devices pass a day.',
  },
  'EDGE-05': {
    scenario: 'The phone scales pictures by another method than training did, nothing fails, and one plant in ten is misnamed.',
    minimal: 'Send 50 inputs through both, and compare the numbers that enter the model.',
    gains: ['correctness', 'consistency'],
    pays: 'Steps that the runtime of the device does not know, or devices to test on for each release.',
    reversible: 'with work',
    undo: 'Prepare inputs in the app again, and keep the comparison.',
    revisit: 'More than 0.5 % of the known inputs get another answer, or the runtime is updated.',
  },
  'EDGE-06': {
    scenario: 'Somebody unpacks the app on its first day, the model lies there as a plain file, and a copy of the product follows.',
    minimal: 'Leave labels, names and comments out of the file that is shipped.',
    gains: ['confidentiality', 'competitive edge'],
    pays: 'Slower starts, devices without safe hardware, and protection that delays more than it prevents.',
    reversible: 'easily',
    undo: 'Ship the plain file with the next update.',
    revisit: 'A copy is found in use, or decryption takes more than a tenth of the start.',
  },
};

/** Something that is not published and worth asking: any question of these rules, or for one of these properties. */
export interface Ask {
  readonly what: string;
  readonly rules: readonly string[];
  readonly properties?: readonly string[];
}

/**
 * What an expert would insist on, would not accept, and would ask, in a published architecture. The files declare only
 * what is published; rules are never tuned to them.
 */
export interface Case {
  readonly file: string;
  /** A finding of one rule in each list exists. `ML03.*` is any rule of the check. */
  readonly must: readonly (readonly string[])[];
  /** No finding of these rules exists. */
  readonly mustNot?: readonly string[];
  readonly asks?: readonly Ask[];
  readonly satisfied?: readonly string[];
  /** One of these findings is critical. */
  readonly critical?: readonly string[];
  /** The first finding is of none of these checks. */
  readonly notLeading?: readonly string[];
}

const TRAFFIC: Ask = { what: 'the traffic', rules: ['ML09.1', 'ML09.2'], properties: ['peak', 'volume', 'average'] };

export const CASES: readonly Case[] = [
  {
    file: 'feast-aws-credit-scoring',
    must: [['ML01.2', 'ML01.3'], ['ML02.1'], ['ML03.*'], ['ML07.1'], ['ML13.1'], ['ML14.1'], ['ML15.1'], ['ML18.1'], ['ML20.4'], ['SEC-02'], ['DG-03', 'DG-04'], ['SEC-06'], ['SEC-05'], ['LOOP-01'], ['COMP-01'], ['EVAL-04']],
    mustNot: ['ML05.1', 'ML06.1', 'ML06.2', 'ML08.1'],
    asks: [{ what: 'the stage', rules: [], properties: ['stage'] }, TRAFFIC],
  },
  {
    file: 'made-with-ml',
    must: [['ML02.6'], ['ML03.1'], ['ML07.2'], ['ML09.3'], ['ML13.1'], ['ML14.1'], ['ML15.1'], ['ML16.1'], ['ML17.1'], ['CICD-03'], ['CICD-04'], ['SEC-08']],
    mustNot: ['ML02.1', 'ML03.6', 'ML04.*', 'ML05.1', 'ML09.8'],
    satisfied: ['ML05.4'],
    asks: [{ what: 'the objective', rules: ['ML11.1'], properties: ['slo'] }, TRAFFIC, { what: 'the way back', rules: ['ML10.1'], properties: ['rollback', 'keeps_previous'] }],
  },
  {
    file: 'azure-openai-baseline-chat',
    // ML09.4 needs tokens and a peak, and REL-04 a promised availability; neither is published.
    must: [['ML11.7'], ['LLM-07'], ['REL-01', 'REL-04'], ['LLM-04'], ['AGT-04'], ['RAG-05'], ['LLM-03'], ['CICD-05']],
    mustNot: ['ML09.3', 'SEC-01', 'SEC-02', 'SEC-03', 'LLM-02'],
    asks: [{ what: 'feedback', rules: ['ML15.1'] }, TRAFFIC, { what: 'a ceiling of tokens for each user', rules: ['LLM-06'] }, { what: 'how long conversations are kept', rules: ['DG-05'] }],
  },
  {
    file: 'startup-on-one-machine',
    must: [
      ...['ML01.2', 'ML02.1', 'ML03.1', 'ML03.3', 'ML05.1', 'ML07.1', 'ML09.1', 'ML09.2', 'ML09.3', 'ML10.1', 'ML10.4', 'ML11.6', 'ML13.1', 'ML14.1', 'ML15.1'],
      ...['ML16.1', 'ML17.1', 'ML18.1', 'ML19.1', 'ML19.3', 'ML20.1', 'REL-01'],
    ].map((rule) => [rule]),
    mustNot: ['ML04.*', 'ML08.*'],
  },
  {
    file: 'uber-eats-delivery-time',
    must: [['ML08.4']],
    mustNot: ['ML01.*', 'ML05.1', 'ML06.*', 'ML08.1', 'ML09.3', 'ML10.2', 'ML17.1'],
    asks: [
      { what: 'the delay of labels', rules: ['ML15.1', 'ML15.4'], properties: ['delay'] },
      { what: 'what stands in for expired features', rules: [], properties: ['fallback'] },
    ],
    // ML14.8 is for chains of models, and none is published of this one.
  },
  {
    file: 'netflix-axion',
    must: [],
    mustNot: ['ML05.1', 'ML06.2', 'ML07.1'],
    asks: [
      { what: 'the cost', rules: ['ML12.1', 'ML12.6'], properties: ['cost', 'budget', 'unit_cost', 'tracks_cost'] },
      { what: 'how long facts are kept', rules: ['DG-05'] },
      { what: 'how the facts of a member are erased', rules: ['DG-06'] },
    ],
  },
  {
    file: 'lyft-learn-serving',
    // That a joint evaluation is missing is found by ML14.8, and so it is not asked as well.
    must: [['ML14.8'], ['REL-11'], ['LOOP-06']],
    mustNot: ['ML10.4', 'ML13.2', 'ML16.2'],
  },
  {
    file: 'stripe-radar',
    must: [],
    mustNot: ['EVAL-06'],
    satisfied: ['ML15.3'],
    asks: [{ what: 'how often it is trained again', rules: ['ML14.6'] }],
  },
  {
    file: 'cloudflare-bot-management',
    must: [['ML07.5'], ['ML18.6'], ['ML10.6'], ['ML16.6', 'ML20.6'], ['REL-12'], ['REL-13'], ['REL-01']],
    critical: ['ML07.5', 'ML18.6'],
    notLeading: ['ML13', 'ML14'],
  },
  {
    file: 'doordash-support-rag',
    must: [],
    mustNot: ['LLM-01', 'LLM-04', 'LLM-08', 'LLM-12'],
    asks: [
      { what: 'how long an answer may take', rules: ['ML11.1', 'ML11.7'], properties: ['slo'] },
      { what: 'ceilings of tokens', rules: ['ML12.3'], properties: ['max_tokens', 'ceiling'] },
      { what: 'personal data that reaches the vendor', rules: ['LLM-09'] },
    ],
  },
  {
    file: 'replit-coding-agent',
    must: [['AGT-05'], ['AGT-02'], ['AGT-01'], ['AGT-09'], ['REL-06']],
    mustNot: ['ML14.*'],
    critical: ['AGT-05'],
  },
];

import { estimate } from '../analysis/estimation/estimate.ts';
import type { Review } from '../analysis/review.ts';
import type { Context } from '../analysis/rule.ts';
import { derivedTarget, targetStateOf, type TargetState } from '../analysis/target/target-state.ts';
import { value } from '../model/statements.ts';
import type { Collapse, Diagram, DiagramState, ViewName } from './diagram.ts';
import { collapsed } from './views/collapse.ts';
import { deploymentView } from './views/deployment.ts';
import { differenceOf } from './views/difference.ts';
import type { Knowledge } from './views/elements.ts';
import { feedbackView } from './views/feedback.ts';
import { focusView } from './views/focus.ts';
import { lanesOf, type ViewContent } from './views/part.ts';
import { servingView } from './views/serving.ts';
import { systemView } from './views/system.ts';
import { trainingView } from './views/training.ts';

export interface PictureOptions {
  readonly view: ViewName;
  readonly state: DiagramState;
  /** The component in the middle of a focus view. */
  readonly focus?: string;
  /** Whether a large picture shows components that are alike as one; where there are too many, if left out. */
  readonly collapse?: Collapse;
  /** Components whose group is shown one by one all the same. */
  readonly opened?: readonly string[];
  /** Which target is drawn where both are known: the declared one if left out. */
  readonly target?: TargetState['origin'];
  /** Stands under the title; left out, where a picture must not change from day to day. */
  readonly date?: string;
}

/** Why there is no picture, for the one who asked for it. */
export interface NoPicture {
  readonly because: string;
}

const TITLES: Readonly<Record<ViewName, string>> = { system: 'system', training: 'training path', serving: 'serving path', feedback: 'feedback loop', deployment: 'deployment and boundaries', focus: 'around' };

/** A picture of a system, derived from its model, its review and its estimate; of its target state, those of the target. */
export function pictureOf(context: Context, reviewed: Review, { view, state, focus, collapse = 'automatic', opened, target: origin, date }: PictureOptions): Diagram | NoPicture {
  const { architecture } = context;
  if (view === 'focus' && focus === undefined) return { because: 'A focus view needs the name of a component.' };
  const now: Knowledge = { architecture, review: reviewed, estimation: estimate(context, [1]) };
  const target = state === 'current' ? undefined : origin === 'derived' ? derivedTarget(context, reviewed) : targetStateOf(context, reviewed);
  if (state !== 'current' && !target) return { because: `${architecture.system.name} declares no target state, and no critical or high finding has a remedy that could be drawn.` };
  const missing = view === 'focus' && ![architecture, target?.architecture].some((known) => known?.components.has(focus ?? ''));
  if (missing) return { because: `${architecture.system.name} has no component ${focus ?? ''}.` };
  const whole = contentOf(now, target, context, { view, state, ...(focus !== undefined && { focus }) });
  // After the difference, since what is alike in one state need not be in the other.
  const content = view !== 'focus' && collapse === 'automatic' ? { ...whole, ...collapsed(whole, opened) } : whole;
  const { name } = architecture.system;
  const version = value(architecture.system, 'version');
  const called = version === undefined ? name : `${name} ${version}`;
  return {
    system: name,
    ...(version !== undefined && { version }),
    view,
    state,
    title: view === 'focus' ? `${called}: around ${focus ?? ''}` : `${called}: ${TITLES[view]}`,
    subtitle: [stateText(state, target), content.says, date].filter((part) => part !== undefined && part !== '').join(' · '),
    nodes: content.nodes,
    edges: content.edges,
    lanes: content.lanes,
    groups: content.groups,
  };
}

function contentOf(now: Knowledge, target: TargetState | undefined, context: Context, options: Pick<PictureOptions, 'view' | 'state' | 'focus'>): ViewContent {
  if (!target) return viewOf(now, options);
  const { architecture } = target;
  const then: Knowledge = { architecture, review: target.review, estimation: estimate({ ...context, architecture }, [1]) };
  const after = viewOf(then, options);
  if (options.state === 'target') return after;
  const both = differenceOf(viewOf(now, options), after, now.architecture, then.architecture);
  return { ...both, lanes: both.lanes.length > 0 ? lanesOf(both.nodes) : [] };
}

function viewOf(knowledge: Knowledge, { view, focus }: Pick<PictureOptions, 'view' | 'focus'>): ViewContent {
  switch (view) {
    case 'system':
      return systemView(knowledge);
    case 'training':
      return trainingView(knowledge);
    case 'serving':
      return servingView(knowledge);
    case 'feedback':
      return feedbackView(knowledge);
    case 'deployment':
      return deploymentView(knowledge);
    case 'focus':
      return focusView(knowledge, focus ?? '');
  }
}

function stateText(state: DiagramState, target: TargetState | undefined): string {
  if (!target) return 'current state';
  const origin = target.origin === 'declared' ? `target ${target.title}` : `target derived from ${target.title}`;
  return state === 'target' ? origin : `difference between the current state and the ${origin}`;
}

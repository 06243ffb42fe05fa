/** The part of CycloneDX 1.6 (ECMA-424) that a bill of materials of a system uses. */
export interface Bom {
  readonly $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json';
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.6';
  readonly serialNumber: string;
  readonly version: 1;
  readonly metadata: BomMetadata;
  readonly components: readonly BomComponent[];
  readonly services: readonly BomService[];
  readonly dependencies: readonly BomDependency[];
  readonly compositions: readonly { readonly aggregate: 'incomplete'; readonly assemblies: readonly string[] }[];
}

export interface BomMetadata {
  readonly timestamp?: string;
  readonly lifecycles: readonly { readonly phase: 'design' }[];
  readonly tools: { readonly components: readonly BomComponent[] };
  readonly component: BomComponent;
}

export interface BomComponent {
  readonly type: 'application' | 'framework' | 'library' | 'platform' | 'machine-learning-model' | 'data';
  readonly 'bom-ref'?: string;
  readonly supplier?: Organisation;
  readonly manufacturer?: Organisation;
  readonly name: string;
  readonly version?: string;
  readonly description?: string;
  readonly hashes?: readonly { readonly alg: 'SHA-256' | 'SHA-384' | 'SHA-512'; readonly content: string }[];
  readonly licenses?: readonly Licence[];
  readonly pedigree?: { readonly ancestors: readonly BomComponent[] };
  readonly externalReferences?: readonly ExternalReference[];
  readonly modelCard?: ModelCard;
  readonly data?: readonly ComponentData[];
  readonly properties?: readonly Property[];
  readonly tags?: readonly string[];
}

export interface Organisation {
  readonly name: string;
}

export interface Licence {
  readonly license: { readonly id?: string; readonly name?: string; readonly acknowledgement: 'declared' };
}

export interface ExternalReference {
  readonly type: 'documentation' | 'evidence' | 'model-card' | 'bom';
  readonly url: string;
  readonly comment?: string;
}

export interface Property {
  readonly name: string;
  readonly value: string;
}

export interface ComponentData {
  readonly type: 'dataset' | 'definition' | 'configuration' | 'other';
  readonly name: string;
  readonly classification?: string;
  readonly sensitiveData?: readonly string[];
  readonly description?: string;
  readonly governance?: { readonly owners: readonly { readonly organization: Organisation }[] };
}

export interface ModelCard {
  readonly modelParameters?: ModelParameters;
  readonly quantitativeAnalysis?: { readonly performanceMetrics: readonly PerformanceMetric[] };
  readonly considerations?: Considerations;
  readonly properties?: readonly Property[];
}

export interface ModelParameters {
  readonly approach?: { readonly type: 'supervised' };
  readonly task?: string;
  readonly modelArchitecture?: string;
  readonly datasets?: readonly { readonly ref: string }[];
  readonly inputs?: readonly { readonly format: string }[];
  readonly outputs?: readonly { readonly format: string }[];
}

export interface PerformanceMetric {
  readonly type: string;
  readonly value?: string;
  readonly slice?: string;
  readonly confidenceInterval?: { readonly lowerBound: string; readonly upperBound: string };
}

export interface Considerations {
  readonly users?: readonly string[];
  readonly useCases?: readonly string[];
  readonly technicalLimitations?: readonly string[];
  readonly ethicalConsiderations?: readonly { readonly name: string }[];
  readonly fairnessAssessments?: readonly { readonly groupAtRisk: string }[];
}

export interface BomService {
  readonly 'bom-ref': string;
  readonly provider?: Organisation;
  readonly name: string;
  readonly description?: string;
  readonly authenticated?: boolean;
  readonly 'x-trust-boundary'?: true;
  readonly trustZone?: string;
  readonly data?: readonly ServiceData[];
  readonly externalReferences?: readonly ExternalReference[];
  readonly properties?: readonly Property[];
  readonly tags?: readonly string[];
}

export interface ServiceData {
  readonly flow: 'inbound' | 'outbound';
  readonly classification: string;
  readonly name: string;
  readonly source?: readonly string[];
  readonly destination?: readonly string[];
}

export interface BomDependency {
  readonly ref: string;
  readonly dependsOn?: readonly string[];
}

/** A list where it holds something: an empty one would read as if nothing of the sort existed. */
export const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);

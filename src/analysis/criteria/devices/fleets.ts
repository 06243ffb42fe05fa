import type { Architecture } from '../../../model/architecture.ts';
import { componentsOf, value } from '../../../model/statements.ts';
import { formatNumber } from '../../format.ts';
import type { Context } from '../../rule.ts';
import { isInProduction, type Service } from '../../serving/services.ts';

/** Services in production that run on devices. */
export const fleetsOf = (architecture: Architecture): Service[] => componentsOf(architecture, 'service').filter((service) => service.variant === 'edge' && isInProduction(architecture, service));

/** True, or that nothing runs on devices. */
export const runsOnDevices = ({ architecture }: Context): true | string => (fleetsOf(architecture).length > 0 ? true : 'No model runs on devices.');

/** `the 40,000 devices of Counter`, or `the devices of Counter`. */
export function devicesOf(service: Service): string {
  const devices = value(service, 'devices');
  return `the ${devices ? `${formatNumber(devices.high)} ` : ''}devices of ${service.name}`;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

import { z } from 'zod'

/** What can be read of all running VMs at each beat. */
export const polledFigures = ['cpu', 'memory', 'disk', 'network'] as const
export type PolledFigure = (typeof polledFigures)[number]

export const shortestPollingSeconds = 1
export const longestPollingSeconds = 60

/** How often hosts are asked for the loads of their VMs, and for which. Nothing chosen: they are not asked. */
export const polling = z.object({
  everySeconds: z.int().min(shortestPollingSeconds).max(longestPollingSeconds),
  figures: z.array(z.enum(polledFigures)).max(polledFigures.length).readonly(),
})
export type Polling = z.infer<typeof polling>

export const usualPolling: Polling = { everySeconds: 2, figures: polledFigures }

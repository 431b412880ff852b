import type { Capi } from '@capi/core'

interface CrmLead {
  readonly metaLeadId: string
  readonly email: string | null
  readonly phone?: string
  readonly stage: string
}

/** A CRM moves a lead to its next stage. */
export async function stageReached(capi: Capi, lead: CrmLead) {
  return await capi.track(
    lead.stage,
    { event_source: 'crm', lead_event_source: 'HubSpot' },
    {
      action_source: 'system_generated',
      event_id: `lead.${lead.metaLeadId}.${lead.stage}`,
      user_data: { lead_id: lead.metaLeadId, em: lead.email, ph: lead.phone },
    },
  )
}

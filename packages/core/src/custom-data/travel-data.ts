/** Travel ads. Dates are `YYYYMMDD`, `YYYY-MM-DD` or ISO 8601 with zone. Source: Meta, Standard Parameters, read 2026-09. */
export interface TravelData {
  /** First night at the hotel. */
  checkin_date?: string | undefined
  /** Outward journey: the day it leaves. */
  departing_departure_date?: string | undefined
  /** Outward journey: the day it arrives. */
  departing_arrival_date?: string | undefined
  /** Way back: the day it leaves. */
  returning_departure_date?: string | undefined
  /** Way back: the day it arrives. */
  returning_arrival_date?: string | undefined
  /** First day of the journey to a destination. */
  travel_start?: string | undefined
  /** Last day of the journey to a destination. */
  travel_end?: string | undefined
  /** Class of the flight. */
  travel_class?: 'economy' | 'premium' | 'business' | 'first' | (string & {}) | undefined
  /** IATA code. */
  origin_airport?: string | undefined
  /** IATA code. */
  destination_airport?: string | undefined
  /** Ids of destinations, as in your destination catalogue. */
  destination_ids?: readonly string[] | undefined
  /** How many adults travel. */
  num_adults?: number | undefined
  /** How many children travel. */
  num_children?: number | undefined
  /** How many infants travel. */
  num_infants?: number | undefined
  /** How well the hotel fits the visitor, as you score it. */
  hotel_score?: number | string | undefined
  /** How many stops the traveller wants; 0 for a direct flight. */
  preferred_num_stops?: number | string | undefined
  /** Stars the hotel should have, from and to. */
  preferred_star_ratings?: string | readonly string[] | undefined
  /** A group you sort travellers into, by your own names; never a person. */
  user_bucket?: string | undefined
  /** Ids of destinations you would suggest to this visitor. */
  suggested_destinations?: readonly string[] | undefined
  /** Ids of hotels you would suggest to this visitor. */
  suggested_hotels?: readonly string[] | undefined
}

/** The place the event is about, in plain text: never the person's address. Source: as above. */
export interface PlaceData {
  /** City of the place. */
  city?: string | undefined
  /** State, province or region of the place. */
  region?: string | undefined
  /** Postal code of the place. */
  postal_code?: string | undefined
  /** Country of the place. */
  country?: string | undefined
  /** Ids of jobs you would suggest to this visitor. */
  suggested_jobs?: readonly string[] | undefined
  /** Ids of local services you would suggest to this visitor. */
  suggested_local_service_businesses?: readonly string[] | undefined
  /** Ids of things nearby you would suggest to this visitor. */
  suggested_location_based_items?: readonly string[] | undefined
}

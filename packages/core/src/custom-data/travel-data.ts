/** Travel ads. Dates are `YYYYMMDD`, `YYYY-MM-DD` or ISO 8601 with zone. Source: Meta, Standard Parameters, read 2026-09. */
export interface TravelData {
  checkin_date?: string | undefined
  departing_departure_date?: string | undefined
  departing_arrival_date?: string | undefined
  returning_departure_date?: string | undefined
  returning_arrival_date?: string | undefined
  travel_start?: string | undefined
  travel_end?: string | undefined
  travel_class?: 'economy' | 'premium' | 'business' | 'first' | (string & {}) | undefined
  /** IATA code. */
  origin_airport?: string | undefined
  /** IATA code. */
  destination_airport?: string | undefined
  destination_ids?: readonly string[] | undefined
  num_adults?: number | undefined
  num_children?: number | undefined
  num_infants?: number | undefined
  /** How well the hotel fits the visitor, as you score it. */
  hotel_score?: number | string | undefined
  preferred_num_stops?: number | string | undefined
  preferred_star_ratings?: string | readonly string[] | undefined
  user_bucket?: string | undefined
  suggested_destinations?: readonly string[] | undefined
  suggested_hotels?: readonly string[] | undefined
}

/** The place the event is about, in plain text: never the person's address. Source: as above. */
export interface PlaceData {
  city?: string | undefined
  region?: string | undefined
  postal_code?: string | undefined
  country?: string | undefined
  suggested_jobs?: readonly string[] | undefined
  suggested_local_service_businesses?: readonly string[] | undefined
  suggested_location_based_items?: readonly string[] | undefined
}

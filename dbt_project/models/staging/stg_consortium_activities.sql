with

landed as (
    {{ live_rows('consortium_activities') }}
),

final as (
    select
        cast(school_year as integer) as school_year,
        consortium_code,
        activity_type,
        cast(held_on as date) as held_on,
        {{ normal_name('school_ref') }} as school_ref,
        {{ normal_name('participant_refs') }} as participant_refs,
        cast(teachers as integer) as teachers,
        coalesce(cast(times as double), 1) as times,
        topic,
        cast(ordinal as integer) as ordinal,
        {{ provenance_columns() }}
    from landed
)

select * from final

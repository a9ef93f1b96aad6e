with

parameters as (
    select * from {{ ref('parameters') }}
),

stage_weights as (
    select * from {{ ref('stage_weights') }}
),

duty_statuses as (
    select * from {{ ref('duty_statuses') }}
),

exceptions as (
    select * from {{ ref('exceptions') }}
),

school_exceptions as (
    select * from {{ ref('school_exceptions') }}
),

switched as (
    select
        exception_code,
        count(*) as schools
    from school_exceptions
    group by exception_code
),

united as (
    select
        'parameter' as section,
        parameter as code,
        note_zh as name_zh,
        note_en as name_en,
        value as number_value,
        text_value,
        unit,
        valid_from,
        valid_to,
        source
    from parameters
    union all by name
    select
        'stage_weight' as section,
        school_type as code,
        stage as name_zh,
        stage as name_en,
        weight as number_value,
        source
    from stage_weights
    where is_expected
    union all by name
    select
        'duty_status' as section,
        duty_status as code,
        duty_status as name_zh,
        duty_status as name_en,
        case when is_counted then 1.0e0 else 0.0e0 end as number_value,
        source
    from duty_statuses
    union all by name
    select
        'exception' as section,
        exceptions.exception_code as code,
        exceptions.title_zh as name_zh,
        exceptions.title_en as name_en,
        cast(coalesce(switched.schools, 0) as double) as number_value,
        exceptions.indicator_code as text_value,
        exceptions.valid_from,
        exceptions.valid_to,
        exceptions.source_document as source
    from exceptions
    left join switched using (exception_code)
)

select * from united
